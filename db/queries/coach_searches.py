"""The search for coaches: words, filters, sorts, counts."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Subquery, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from db.models.languages import CoachLanguage
from db.models.profiles import CoachProfile, CoachSkill
from db.models.skills import LanguageLevel
from db.queries import search_hits, search_options
from db.queries.coach_cards import CoachCard, card_columns, make_card
from db.queries.paging import Found
from db.queries.search_hits import Group, Place, found, places
from db.queries.search_options import Count, Narrowing, Options
from db.queries.search_rows import Index, Rows, Search
from db.search_codes import bands, fact
from db.search_entries import speaking
from db.search_queries import Asked, fts5
from db.search_terms import Terms
from db.statements import KEPT

COACHES = Index("coach_search", CoachProfile, CoachProfile.account_id, CoachProfile.listing)


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


class CoachFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; amounts are in minor units of `currency`.

    Of `skills`, any will do, or with `every_skill` all are needed. `languages`: one of them, at
    `language_level` or better. `speaks`: one of these at any level. `shared`: teaches one of
    these skills besides; `not_shared`: none of these.
    """

    terms: Terms = Terms()
    topic: str = ""
    skills: tuple[int, ...] = ()
    every_skill: bool = False
    languages: tuple[str, ...] = ()
    language_level: LanguageLevel = LanguageLevel.BASIC
    price_from: int | None = None
    price_to: int | None = None
    currency: str = "USD"
    countries: tuple[str, ...] = ()
    rating_at_least: int | None = None
    speaks: tuple[str, ...] = ()
    new_only: bool = False
    shared: tuple[int, ...] = ()
    not_shared: tuple[int, ...] = ()


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
    visible: ColumnElement[bool], wanted: CoachFilter, *, on_sqlite: bool, most: int
) -> Subquery:
    """The same inside of another query: their ids, as `key`."""
    return search_hits.newest(_search(visible, wanted), most, on_sqlite=on_sqlite)


def counts(
    db: Session, visible: ColumnElement[bool], several: Sequence[CoachFilter]
) -> list[Count]:
    """How many each of several searches finds, by one query."""
    return search_options.counts(db, [_search(visible, wanted) for wanted in several])


def count(db: Session, visible: ColumnElement[bool], wanted: CoachFilter) -> Count:
    """How many coaches a search finds."""
    return counts(db, visible, [wanted])[0]


def options(db: Session, visible: ColumnElement[bool], wanted: CoachFilter) -> Options:
    """How many a search finds and which skills and languages it can ask for, by two queries."""
    return search_options.options(db, _narrowing(visible), wanted)


@lru_cache(KEPT)
def _narrowing(visible: ColumnElement[bool]) -> Narrowing:
    search = partial(_search, visible)
    return Narrowing(CoachSkill.skill_id, CoachSkill.account_id, _languages, search, _match_of)


def _languages(among: Any) -> Rows:
    code, often = CoachLanguage.language, func.count()
    query = select(
        literal("languages").label("kind"), literal(0).label("id"), code.label("code"),
        literal("").label("name"), literal("").label("folded"), often.label("often"),
    )  # fmt: skip
    spoken = query.join(among, among.c.key == CoachLanguage.account_id)
    there = spoken.where(CoachLanguage.removed_at.is_(None))
    return there.group_by(code).order_by(often.desc(), code)


def _search(visible: ColumnElement[bool], wanted: CoachFilter) -> Search:
    return Search(
        index=COACHES,
        asked=_asked(wanted),
        conditions=(visible, *_conditions(wanted)),
    )


@lru_cache(1_000)
def _match_of(wanted: CoachFilter) -> str:
    return fts5(_asked(wanted))


def _asked(wanted: CoachFilter) -> Asked:
    return Asked(
        terms=wanted.terms,
        facts=tuple(_facts(wanted)),
        none_of=tuple(fact("s", skill) for skill in wanted.not_shared),
    )


def _facts(wanted: CoachFilter) -> Iterator[tuple[str, ...]]:
    """What an entry of the search says; every tuple has one that is needed."""
    skills = tuple(fact("s", skill) for skill in wanted.skills)
    yield from [(one,) for one in skills] if wanted.every_skill else [skills] * bool(skills)
    level, least = wanted.language_level, LanguageLevel.BASIC
    choices = (
        tuple(fact("s", skill) for skill in wanted.shared),
        tuple(speaking(language, level) for language in wanted.languages),
        tuple(speaking(language, least) for language in wanted.speaks),
        tuple(fact("n", country.lower()) for country in wanted.countries),
    )
    yield from filter(None, choices)
    if wanted.topic:
        yield (fact("t", wanted.topic),)
    if wanted.rating_at_least is not None:
        yield (fact("r", wanted.rating_at_least),)
    if wanted.new_only:
        yield (fact("w"),)
    if _has_price(wanted):
        yield bands("b", wanted.currency, wanted.price_from, wanted.price_to)


def _conditions(wanted: CoachFilter) -> Iterator[ColumnElement[bool]]:
    """What no entry of the search can say exactly."""
    if _has_price(wanted):
        yield CoachProfile.currency == wanted.currency
        yield CoachProfile.rate >= (wanted.price_from or 0)
        if wanted.price_to is not None:
            yield CoachProfile.rate <= wanted.price_to


def _has_price(wanted: CoachFilter) -> bool:
    return wanted.price_from is not None or wanted.price_to is not None


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
