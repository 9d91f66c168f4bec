"""The search for requests: words, filters, sorts, counts."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, Subquery, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from db.models.bookmarks import Bookmark
from db.models.learning_requests import Format, LearningRequest, RequestSkill
from db.models.skills import Level
from db.queries import search_hits, search_options
from db.queries.learning_requests import RequestCard, card_columns, make_card
from db.queries.paging import Found
from db.queries.proposals import answered_by
from db.queries.search_hits import Group, Place, found, places
from db.queries.search_options import Count, Narrowing, Options
from db.queries.search_rows import Index, Rows, Search
from db.queries.viewers import Viewer
from db.search_codes import bands, fact
from db.search_entries import place_of
from db.search_queries import Asked
from db.search_terms import Terms

REQUESTS = Index("request_search", LearningRequest, LearningRequest.id, LearningRequest.posting)


class RequestSort(StrEnum):
    """`match` is put in order by whoever knows matches; here it is the newest first.

    `relevance`: what has the words in its title or skills, then what has them elsewhere.
    """

    RELEVANCE = "relevance"
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
    """One page of the requests a search finds; `wanted.terms` after `skill_slips.forgiven`."""
    search = _search(viewer, visible, wanted)
    make = partial(make_card, at=at)
    groups = _groups(sort, wanted.currency)
    tiers = search.asked.tiers if sort is RequestSort.RELEVANCE else (None,)
    return found(db, search, groups, card_columns(viewer, at), tiers, make=make, after=after)


def newest(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    below: int | None = None, most: int,
) -> list[Place]:  # fmt: skip
    """The requests that were posted last (before the posting `below`), with their postings."""
    return places(db, _search(viewer, visible, wanted), below=below, most=most)


def newest_keys(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *, most: int
) -> Subquery:
    """The same inside of another query: their ids, as `key`."""
    return search_hits.newest(db, _search(viewer, visible, wanted), most)


def counts(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], several: Sequence[RequestFilter]
) -> list[Count]:
    """How many each of several searches finds, by one query."""
    return search_options.counts(db, [_search(viewer, visible, wanted) for wanted in several])


def count(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter
) -> Count:
    """How many requests a search finds."""
    return counts(db, viewer, visible, [wanted])[0]


def options(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter
) -> Options:
    """How many a search finds and which skills and languages it can ask for, by two queries."""
    search = partial(_search, viewer, visible)
    narrowing = Narrowing(RequestSkill.skill_id, RequestSkill.request_id, _languages, search)
    return search_options.options(db, narrowing, wanted)


def _languages(among: Any) -> Rows:
    code, often = LearningRequest.language, func.count()
    query = select(
        literal("languages").label("kind"), literal(0).label("id"), code.label("code"),
        literal("").label("name"), literal("").label("folded"), often.label("often"),
    )  # fmt: skip
    named = query.join(among, among.c.key == LearningRequest.id).where(code.is_not(None))
    return named.group_by(code).order_by(often.desc(), code)


def _search(viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter) -> Search:
    after = wanted.posted_after
    return Search(
        index=REQUESTS,
        asked=Asked(
            terms=wanted.terms,
            facts=tuple(_facts(wanted)),
            none_of=tuple(fact("s", skill) for skill in wanted.not_shared),
        ),
        conditions=(visible, *_conditions(viewer, wanted)),
        since=None if after is None else place_of(after),
        few=_marked(viewer) if wanted.bookmarked else None,
    )


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


def _conditions(viewer: Viewer, wanted: RequestFilter) -> Iterator[ColumnElement[bool]]:
    """What no entry of the search can say exactly, or of everybody."""
    if _has_budget(wanted):
        yield _meets_budget(wanted)
    if wanted.not_proposed:
        yield LearningRequest.id.not_in(answered_by(viewer.id))


def _marked(viewer: Viewer) -> Select[int]:
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


def _groups(sort: RequestSort, currency: str) -> list[Group]:
    if sort is RequestSort.ENDS_SOON:
        return [Group(keys=(LearningRequest.expires_at,), rising=True)]
    if sort is not RequestSort.BUDGET:
        return [Group()]
    top, code = LearningRequest.budget_top, LearningRequest.currency
    # Sums of different currencies cannot be compared: those in this one come first.
    others = or_(code < currency, code > currency, and_(code == currency, top.is_(None)))
    return [
        Group(keys=(top,), conditions=(code == currency, top.is_not(None))),
        Group(conditions=(others,), none_of=(fact("c", currency.lower()),)),
    ]
