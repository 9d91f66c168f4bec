"""What a coach may write over what they have sent."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from app.forms.fields import Whole
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
    return str(form.version) != stored.value("version") or is_older(form.words, there)
