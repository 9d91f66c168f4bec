"""What a coach writes about one place of learning."""

from functools import partial
from typing import Annotated, Any

from app.forms.fields import Line, Ticked
from app.forms.form import Errors, Form, length
from app.forms.list_items import YES, as_month, nothing_typed, period_errors
from app.forms.months import Month
from db.models.educations import Education


class EducationForm(Form, frozen=True, kw_only=True):
    """One entry; `version` is that of the words a change was opened on."""

    institution: Annotated[Line, length(1, 100)]
    degree: Annotated[Line, length(0, 100)] = ""
    field: Annotated[Line, length(0, 100)] = ""
    started: Month
    ended: Month | None = None
    current: Ticked = False
    version: Line = ""

    def check(self) -> Errors:
        """It ended, or goes on."""
        return period_errors(self.started, self.ended, current=self.current)


is_blank = partial(nothing_typed, EducationForm)


def values_of(entry: Education) -> dict[str, Any]:
    """What stands in the form of an entry that is stored."""
    return {
        "institution": entry.institution,
        "degree": entry.degree,
        "field": entry.field,
        "started": as_month(entry.started),
        "ended": as_month(entry.ended),
        "current": "" if entry.ended else YES,
    }
