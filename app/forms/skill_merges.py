"""Two skills that are one: the name that goes, and the name that stays."""

from typing import Annotated

from app.forms.fields import Line
from app.forms.form import Errors, Form, length
from db.search_text import fold

Name = Annotated[Line, length(2, 40)]


class MergeForm(Form, frozen=True, kw_only=True):
    """Whatever used `skill` uses `into` from then on."""

    skill: Name
    into: Name

    def check(self) -> Errors:
        """A skill cannot be merged into itself."""
        same = bool(self.skill) and fold(self.skill) == fold(self.into)
        return {"into": "This is the same skill. Write another one."} if same else {}
