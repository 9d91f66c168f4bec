"""What a person writes who reports another, and what staff write when they decide on it."""

from typing import Annotated

from msgspec import Meta

from app.forms.fields import Lines, Ticked, Whole
from app.forms.form import Errors, Form, length
from db.models.reports import ReportReason

MOST_AT_ONCE = 50  # as many messages as a report has
Told = Annotated[Lines, length(10, 1000)]  # read by the person it is about
Number = Annotated[Whole, Meta(ge=1, le=2**31 - 1)]


class ReportForm(Form, frozen=True, kw_only=True):
    """What is wrong with another person, and what staff need to know about it."""

    reason: ReportReason
    text: Annotated[Lines, length(0, 2000)] = ""
    block: Ticked = False

    def check(self) -> Errors:
        """Something else is nothing anybody could look into without a word about it."""
        if self.reason == ReportReason.SOMETHING_ELSE and not self.text:
            return {"text": "Write what happened."}
        return {}


class ReasonForm(Form, frozen=True, kw_only=True):
    """Why staff warn or suspend somebody, or lift a suspension."""

    reason: Told


class HideForm(Form, frozen=True, kw_only=True):
    """Which messages nobody is to read any more, and why."""

    number: Annotated[list[Number], Meta(min_length=1, max_length=MOST_AT_ONCE)]
    reason: Told
