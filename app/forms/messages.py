"""What people write to each other."""

from typing import Annotated, Literal

from app.forms.fields import Lines
from app.forms.form import Form, length


class MessageForm(Form, frozen=True, kw_only=True):
    """Words for one person, in a thread that is there or is about to begin.

    `send_anyway`: whoever writes has read the warning about contact details.
    """

    text: Annotated[Lines, length(1, 4000)]
    action: Literal["send", "send_anyway"] = "send"
