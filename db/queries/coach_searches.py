"""The search for coaches: words, filters, sorts, counts."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.languages import CoachLanguage
from db.models.profiles import CoachProfile, CoachSkill
from db.models.skills import LanguageLevel
from db.queries import search_hits, search_options
from db.queries.coach_cards import CoachCard, card_columns, make_card
from db.queries.coach_filters import CoachFilter as CoachFilter
from db.queries.coach_filters import asked_of, conditions
from db.queries.paging import Found
from db.queries.search_hits import Group, Place, found, places
from db.queries.search_narrowing import Narrowing, offer_columns
from db.queries.search_options import Count, Options
from db.queries.search_rows import Index, Rows, Search
from db.search_codes import fact
from db.statements import KEPT

_spoken = another(CoachLanguage)
COACHES = Index(
    "coach_search", CoachProfile, CoachProfile.account_id, CoachProfile.listing, "coach_titles"
)


class CoachSort(StrEnum):
    """`match` is put in order by whoever knows matches; here it is the newest first.

    `relevance`: who has the words in name, headline or skills, then who has them in the bio.
    """

    RELEVANCE = "relevance"
    MATCH = "match"
    RATING = "rating"
    PRICE_UP = "price_up"
    PRICE_DOWN = "price_down"
    NEWEST = "newest"


def cards(
    db: Session, visible: ColumnElement[bool], wanted: CoachFilter, *, sort: CoachSort, after: str
) -> Found[CoachCard]:
    """One page of the coaches a search finds; `wanted.terms` after `skill_slips.forgiven`."""
    groups = _groups(sort, wanted.currency)
    search = _search(visible, wanted)
    tiers = search.asked.tiers if sort is CoachSort.RELEVANCE else (None,)
    return found(db, search, groups, card_columns(), tiers, make=make_card, after=after)


def newest(
    db: Session, visible: ColumnElement[bool], wanted: CoachFilter, *, below: int | None = None,
    most: int,
) -> list[Place]:  # fmt: skip
    """The coaches who were approved last (before the listing `below`), with their listings."""
    return places(db, _search(visible, wanted), below=below, most=most)


def newest_keys(
    visible: ColumnElement[bool], wanted: CoachFilter, *, on_sqlite: bool, most: int,
    match: Any = None,
) -> Subquery:  # fmt: skip
    """The same inside of another query: their ids, as `key`."""
    return search_hits.newest(_search(visible, wanted), most, on_sqlite=on_sqlite, match=match)


def counts(
    db: Session, visible: ColumnElement[bool], several: Sequence[CoachFilter]
) -> list[Count]:
    """How many each of several searches finds, by one query."""
    return search_options.counts(db, [_search(visible, wanted) for wanted in several])


def count(db: Session, visible: ColumnElement[bool], wanted: CoachFilter) -> Count:
    """How many coaches a search finds."""
    return counts(db, visible, [wanted])[0]


def options(db: Session, visible: ColumnElement[bool], wanted: CoachFilter) -> Options:
    """How many a search finds and which skills and languages it can ask for, by one query."""
    return search_options.options(db, _narrowing(visible), wanted)


@lru_cache(KEPT)
def _narrowing(visible: ColumnElement[bool]) -> Narrowing:
    search = partial(_search, visible)
    return Narrowing(CoachSkill.skill_id, CoachSkill.account_id, _languages, search)


def _languages(among: Any, wanted: CoachFilter) -> Rows:
    code, often = CoachLanguage.language, func.count()
    adds: Any = often
    if wanted.languages:
        theirs = _spoken.account_id == CoachLanguage.account_id
        has = exists().where(
            theirs, *_well(_spoken, wanted), _spoken.language.in_(wanted.languages)
        )
        adds = func.sum(case((has, 0), else_=1))
    query = select(*offer_columns("languages", code=code, often=often, adds=adds))
    spoken = query.join(among, among.c.key == CoachLanguage.account_id)
    there = spoken.where(*_well(CoachLanguage, wanted))
    return there.group_by(code).order_by(often.desc(), code)


def _well(model: Any, wanted: CoachFilter) -> tuple[ColumnElement[bool], ...]:
    levels = [*LanguageLevel]
    enough = levels[levels.index(wanted.language_level) :]
    return model.removed_at.is_(None), model.level.in_(enough)


def _search(visible: ColumnElement[bool], wanted: CoachFilter) -> Search:
    return Search(
        index=COACHES,
        asked=asked_of(wanted),
        conditions=(visible, *conditions(wanted)),
    )


def _groups(sort: CoachSort, currency: str) -> list[Group]:
    if sort is CoachSort.RATING:
        rating, reviews = CoachProfile.rating, CoachProfile.review_count
        rated = Group(keys=(rating, reviews), conditions=(rating.is_not(None),))
        new = Group(conditions=(rating.is_(None),), none_of=(fact("r", 1),))
        return [rated, new]
    if sort not in (CoachSort.PRICE_UP, CoachSort.PRICE_DOWN):
        return [Group()]
    rate, code = CoachProfile.rate, CoachProfile.currency
    # Prices in different currencies cannot be compared: those in this one come first.
    others = or_(code < currency, code > currency, and_(code == currency, rate.is_(None)))
    inside = (code == currency, rate.is_not(None))
    return [
        Group(keys=(rate,), rising=sort is CoachSort.PRICE_UP, conditions=inside),
        Group(conditions=(others,), none_of=(fact("c", currency.lower()),)),
    ]
