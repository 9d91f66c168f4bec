"""What a coach may write over what they have sent."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from app.forms.fields import Day, Whole
from app.forms.form import Bound, Posted
from app.forms.proposals import ProposalForm, Words, written
from app.forms.versions import is_older, version_of


class ChangeForm(ProposalForm, frozen=True, kw_only=True):
    """A proposal written anew.

    `version` is the one it was opened on, and `words` tells what stood there: until the student
    has looked, a version can be written over.
    """

    version: Annotated[Whole, Meta(ge=1, le=2**31 - 1)]
    action: Literal["save", "total"] = "save"


class SameDayForm(ChangeForm, frozen=True, kw_only=True):
    """The same, where the earliest start is left as it was."""

    # It may have passed since it was written: a coach who corrects the price is not asked about a
    # day they never touched, and what it said when it was sent stays true. Who names another day
    # names one to come.
    earliest: Day | None = None


def form_for(posted: Posted, earliest: date | None) -> type[ChangeForm]:
    """The form a change is read as, where this is the earliest start that is stored."""
    is_same = earliest and [day.strip() for day in posted.get("earliest", ())] == [str(earliest)]
    return SameDayForm if is_same else ChangeForm


def as_it_stands(proposal: Words, answers: Mapping[int, str], version: int) -> Bound[ProposalForm]:
    """A form in which stands what is stored, and which knows that."""
    stored = written(proposal, answers)
    known = {"version": [str(version)], "words": [version_of(stored.raw)]}
    return Bound({**stored.raw, **known}, {}, None, frozenset())


def on_top_of(posted: Posted, stored: Bound[ProposalForm]) -> Bound[ProposalForm]:
    """What was written onto an older form, to be sent again if it is meant."""
    known = {name: stored.raw[name] for name in ("version", "words")}
    return Bound({**posted, **known}, {}, None, frozenset())


def is_outdated(form: ChangeForm, stored: Bound[ProposalForm]) -> bool:
    """Whether something else stands there now than when the form was opened."""
    there = {name: stored.raw[name] for name in stored.raw if name not in ("version", "words")}
    is_same = str(form.version) == stored.value("version")
    return not is_same or is_older(form.words, there)
