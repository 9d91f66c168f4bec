"""What a student writes to invite a coach."""

from typing import Annotated, Literal

from msgspec import Meta

from app.forms.fields import Lines, Whole
from app.forms.form import Form, length


class InvitationForm(Form, frozen=True, kw_only=True):
    """To which of one's open requests, and, if one likes, why this coach."""

    request: Annotated[Whole, Meta(ge=1, le=2**63 - 1)]
    text: Annotated[Lines, length(0, 1000)] = ""
    action: Literal["send", "send_anyway"] = "send"  # as in a message
