"""What a search for requests asks for: of the index, and of the rows themselves."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

import msgspec
from sqlalchemy import ColumnElement, Select, and_, or_, select

from db.models.bookmarks import Bookmark
from db.models.learning_requests import Format, LearningRequest
from db.models.skills import Level
from db.queries.proposals import answered_by
from db.queries.viewers import Who
from db.search_codes import bands, fact
from db.search_queries import Asked, asked_for, fts5, tsquery
from db.search_terms import Terms


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


def asked_of(wanted: RequestFilter) -> Asked:
    """What the index is asked."""
    return asked_for(wanted, _facts(wanted))


def _facts(wanted: RequestFilter) -> Iterator[tuple[str, ...]]:
    """What an entry of the search says; every tuple has one that is needed."""
    skills = tuple(fact("s", skill) for skill in wanted.skills)
    yield from [(one,) for one in skills] if wanted.every_skill else [skills] * bool(skills)
    choices = (("l", wanted.levels), ("f", wanted.formats), ("g", wanted.languages))
    for kind, chosen in choices:
        if chosen:
            yield tuple(fact(kind, str(one)) for one in chosen)
    if wanted.shared:
        yield tuple(fact("s", skill) for skill in wanted.shared)
    if wanted.fewer_than is not None:
        yield (fact("p", wanted.fewer_than),)
    if _has_budget(wanted):
        yield bands("b", wanted.currency, wanted.budget_from, wanted.budget_to)


def conditions(viewer: Who, wanted: RequestFilter) -> Iterator[ColumnElement[bool]]:
    """What no entry of the search can say exactly, or of everybody."""
    if _has_budget(wanted):
        yield _meets_budget(wanted)
    if wanted.not_proposed:
        yield LearningRequest.id.not_in(answered_by(viewer.id))


def marked(viewer: Who) -> Select[int]:
    """The requests this coach has bookmarked."""
    marks = (Bookmark.coach_id == viewer.id, Bookmark.removed_at.is_(None))
    return select(Bookmark.request_id).where(*marks)


def _has_budget(wanted: RequestFilter) -> bool:
    return wanted.budget_from is not None or wanted.budget_to is not None


def _meets_budget(wanted: RequestFilter) -> ColumnElement[bool]:
    """Both ranges have an amount in common; one that is open at an end goes on there."""
    low, high = LearningRequest.budget_from, LearningRequest.budget_to
    conditions = [LearningRequest.currency == wanted.currency, or_(low >= 0, high >= 0)]
    if wanted.budget_from is not None:
        conditions.append(or_(high.is_(None), high >= wanted.budget_from))
    if wanted.budget_to is not None:
        conditions.append(or_(low.is_(None), low <= wanted.budget_to))
    return and_(*conditions)


@lru_cache(1_000)
def match_of(wanted: RequestFilter, *, on_sqlite: bool) -> str:
    """What the index is asked for this, where a statement was made for others."""
    return (fts5 if on_sqlite else tsquery)(asked_of(wanted))
