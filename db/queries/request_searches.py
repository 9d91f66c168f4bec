"""The search for requests: words, filters, sorts, counts."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest, RequestSkill
from db.queries import search_hits, search_options
from db.queries.learning_requests import RequestCard, card_columns, make_card
from db.queries.paging import Found
from db.queries.request_filters import RequestFilter as RequestFilter
from db.queries.request_filters import asked_of, conditions, marked
from db.queries.search_hits import Group, Place, found, places
from db.queries.search_narrowing import Narrowing, offer_columns
from db.queries.search_options import Count, Options
from db.queries.search_rows import Index, Rows, Search
from db.queries.standings import Standing
from db.queries.viewers import Viewer, Who
from db.search_codes import fact
from db.search_entries import place_of
from db.statements import KEPT

REQUESTS = Index(
    "request_search", LearningRequest, LearningRequest.id, LearningRequest.posting, "request_titles"
)


class RequestSort(StrEnum):
    """`match` is put in order by whoever knows matches; here it is the newest first.

    `relevance`: what has the words in its title or skills, then what has them elsewhere.
    """

    RELEVANCE = "relevance"
    MATCH = "match"
    NEWEST = "newest"
    BUDGET = "budget"
    ENDS_SOON = "ends_soon"


def cards(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    sort: RequestSort, at: datetime, after: str,
) -> Found[RequestCard]:  # fmt: skip
    """One page of the requests a search finds; `wanted.terms` after `skill_slips.forgiven`."""
    search = _search(viewer, visible, wanted)
    make = partial(make_card, at=at)
    groups = _groups(sort, wanted.currency)
    tiers = search.asked.tiers if sort is RequestSort.RELEVANCE else (None,)
    columns = card_columns(viewer, at)
    return found(db, search, groups, columns, tiers, make=make, after=after, viewer_id=viewer.id)


def newest(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    below: int | None = None, most: int,
) -> list[Place]:  # fmt: skip
    """The requests that were posted last (before the posting `below`), with their postings."""
    search = _search(viewer, visible, wanted)
    return places(db, search, below=below, most=most, viewer_id=viewer.id)


def newest_keys(
    viewer: Who, visible: ColumnElement[bool], wanted: RequestFilter, *,
    on_sqlite: bool, most: int, match: Any = None,
) -> Subquery:  # fmt: skip
    """The same inside of another query: their ids, as `key`."""
    search = _search(viewer, visible, wanted)
    return search_hits.newest(search, most, on_sqlite=on_sqlite, match=match)


def counts(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], several: Sequence[RequestFilter]
) -> list[Count]:
    """How many each of several searches finds, by one query."""
    searches = [_search(viewer, visible, wanted) for wanted in several]
    return search_options.counts(db, searches, viewer.id)


def count(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter
) -> Count:
    """How many requests a search finds."""
    return counts(db, viewer, visible, [wanted])[0]


def options(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter
) -> Options:
    """How many a search finds and which skills and languages it can ask for, by one query."""
    narrowing = _narrowing(viewer.standing, visible)
    return search_options.options(db, narrowing, wanted, viewer.id)


@lru_cache(KEPT)
def _narrowing(standing: Standing, visible: ColumnElement[bool]) -> Narrowing:
    search = partial(_search, standing, visible)
    carried = (LearningRequest.language,)
    return Narrowing(RequestSkill.skill_id, RequestSkill.request_id, _languages, search, carried)


def _languages(among: Any, _: RequestFilter) -> Rows:
    code, often = among.c.language, func.count()
    query = select(*offer_columns("languages", code=code, often=often, adds=often))
    return query.where(code.is_not(None)).group_by(code).order_by(often.desc(), code)


def _search(viewer: Who, visible: ColumnElement[bool], wanted: RequestFilter) -> Search:
    after = wanted.posted_after
    return Search(
        index=REQUESTS,
        asked=asked_of(wanted),
        conditions=(visible, *conditions(viewer, wanted)),
        since=None if after is None else place_of(after),
        few=marked(viewer) if wanted.bookmarked else None,
    )


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
