"""What one of the two writes when they end a contract early."""

from typing import Annotated

from msgspec import Meta

from app.forms.fields import Lines, Whole
from app.forms.form import Form, length


class EndForm(Form, frozen=True, kw_only=True):
    """Why; the other one reads it. `owed`: how many sessions the page said that it costs."""

    owed: Annotated[Whole, Meta(ge=0, le=2**31 - 1)] = 0
    reason: Annotated[Lines, length(1, 1000)]
