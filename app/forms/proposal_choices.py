"""What a student may send about the proposals to their request."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from app.forms.fields import Line, Whole
from app.forms.form import Errors, Form, length
from app.forms.kinds import Kind, Wrong
from db.models.proposals import DeclineReason

NUMBER = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
LARGEST = 2**63 - 1
MOST_AT_ONCE = 50  # more than can wait: some may have ended since the page was opened


def read_number(text: str) -> int:
    """The number of a proposal, as the boxes of the list have it."""
    if not NUMBER.fullmatch(text) or int(text) > LARGEST:
        raise Wrong("Choose from the proposals of the list.")
    return int(text)


def numbers(texts: Iterable[str]) -> set[int]:
    """The numbers of proposals among what an address names; nonsense is left out."""
    named = dict.fromkeys(text for text in texts if NUMBER.fullmatch(text))
    return {int(text) for text in list(named)[:MOST_AT_ONCE] if int(text) <= LARGEST}


class AcceptForm(Form, frozen=True, kw_only=True):
    """Which version of a proposal is accepted, so that nobody accepts what they have not read.

    `written` is the moment its words were written: before they are known to have been read, they
    change without a new number.
    """

    version: Annotated[Whole, Meta(ge=1, le=2**31 - 1)] | None = None
    written: Annotated[Line, length(0, 40)] = ""

    def is_outdated(self, version: int, written: datetime) -> bool:
        """Whether the proposal says something else by now, or the form does not say what it did."""
        return self.version != version or self.written not in ("", written.isoformat())


class DeclineForm(Form, frozen=True, kw_only=True):
    """Why a student says no; the coach reads it."""

    reason: DeclineReason


class DeclineSeveralForm(DeclineForm, frozen=True, kw_only=True):
    """The same for several proposals at once."""

    proposal: list[Annotated[int, Kind(read_number)]] = field(default_factory=list)

    def check(self) -> Errors:
        """At least one, and no more than a list can hold."""
        if not self.proposal:
            return {"proposal": "Choose at least one proposal."}
        too_many = len(self.proposal) > MOST_AT_ONCE
        return {"proposal": f"Choose at most {MOST_AT_ONCE}."} if too_many else {}
