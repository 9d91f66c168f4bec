"""What one of the two writes when they end a contract early."""

from typing import Annotated

from app.forms.fields import Lines
from app.forms.form import Form, length


class EndForm(Form, frozen=True, kw_only=True):
    """Why; the other one reads it."""

    reason: Annotated[Lines, length(1, 1000)]
