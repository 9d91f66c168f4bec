"""What a coach sends about a bookmark."""

from typing import Annotated, Literal

from app.forms.fields import Line, Lines
from app.forms.form import Form, length


class MarkForm(Form, frozen=True, kw_only=True):
    """A press of the ribbon: back comes the button, or in the list its whole line."""

    place: Literal["button", "list"] = "button"


class NoteForm(Form, frozen=True, kw_only=True):
    """Words for oneself, beside a request one has marked."""

    note: Annotated[Lines, length(0, 500)] = ""
    version: Line = ""
