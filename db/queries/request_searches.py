"""The search for requests: words, filters, sorts, counts."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.models.learning_requests import Format
from db.models.skills import Level
from db.queries import learning_requests
from db.queries.learning_requests import RequestCard
from db.queries.paging import Found
from db.queries.search_options import Count, Options, capped
from db.queries.viewers import Viewer
from db.search_terms import Terms


class RequestSort(StrEnum):
    """`match` is put in order by whoever knows matches; here it is the newest first."""

    MATCH = "match"
    NEWEST = "newest"
    BUDGET = "budget"
    ENDS_SOON = "ends_soon"


class RequestFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; amounts are in minor units of `currency`.

    Of `skills`, any will do, or with `every_skill` all are needed. `shared`: it has one of these
    skills besides; `not_shared`: it has none of these. `fewer_than` is 1, 5, 10 or 20 proposals.
    """

    terms: Terms = Terms()
    skills: tuple[int, ...] = ()
    every_skill: bool = False
    levels: tuple[Level, ...] = ()
    formats: tuple[Format, ...] = ()
    languages: tuple[str, ...] = ()
    budget_from: int | None = None
    budget_to: int | None = None
    currency: str = "USD"
    posted_after: datetime | None = None
    fewer_than: int | None = None
    not_proposed: bool = False
    bookmarked: bool = False
    shared: tuple[int, ...] = ()
    not_shared: tuple[int, ...] = ()


def cards(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    sort: RequestSort, at: datetime, after: str,
) -> Found[RequestCard]:  # fmt: skip
    """One page of the requests a search finds; `wanted.terms` after `forgiven`."""
    condition = learning_requests.matching(visible, _typed(wanted), wanted.skills)
    return learning_requests.cards(db, viewer, condition, at=at, after=after)


def counts(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], several: Sequence[RequestFilter]
) -> list[Count]:
    """How many each of several searches finds, by one query."""
    conditions = [
        learning_requests.matching(visible, _typed(wanted), wanted.skills) for wanted in several
    ]
    return [capped(learning_requests.count(db, condition), 1000) for condition in conditions]


def count(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter
) -> Count:
    """How many requests a search finds."""
    return counts(db, viewer, visible, [wanted])[0]


def options(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter
) -> Options:
    """How many a search finds and which skills and languages it can ask for, by two queries."""
    return Options(count(db, viewer, visible, wanted), [], [])


def _typed(wanted: RequestFilter) -> str:
    phrases = [phrase for spellings in wanted.terms.wanted for phrase in spellings]
    return " ".join(word for phrase in phrases for word in phrase.words)
