"""What people write to each other."""

from typing import Annotated

from app.forms.fields import Lines
from app.forms.form import Form, length


class MessageForm(Form, frozen=True, kw_only=True):
    """Words for one person, in a thread that is there or is about to begin."""

    text: Annotated[Lines, length(1, 4000)]
