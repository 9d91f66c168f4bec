"""The search for coaches: words, filters, sorts, counts."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.models.skills import LanguageLevel
from db.queries import coach_cards
from db.queries.coach_cards import CoachCard
from db.queries.paging import Found
from db.queries.search_options import Count, Options, capped
from db.search_terms import Terms


class CoachSort(StrEnum):
    """`match` is put in order by whoever knows matches; here it is the newest first."""

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
    """One page of the coaches a search finds; `wanted.terms` after `forgiven`."""
    condition = coach_cards.matching(visible, _typed(wanted), wanted.topic)
    return coach_cards.cards(db, condition, after=after)


def counts(
    db: Session, visible: ColumnElement[bool], several: Sequence[CoachFilter]
) -> list[Count]:
    """How many each of several searches finds, by one query."""
    conditions = [coach_cards.matching(visible, _typed(one), one.topic) for one in several]
    return [capped(coach_cards.count(db, condition), 1000) for condition in conditions]


def count(db: Session, visible: ColumnElement[bool], wanted: CoachFilter) -> Count:
    """How many coaches a search finds."""
    return counts(db, visible, [wanted])[0]


def options(db: Session, visible: ColumnElement[bool], wanted: CoachFilter) -> Options:
    """How many a search finds and which skills and languages it can ask for, by two queries."""
    return Options(count(db, visible, wanted), [], [])


def _typed(wanted: CoachFilter) -> str:
    phrases = [phrase for spellings in wanted.terms.wanted for phrase in spellings]
    return " ".join(word for phrase in phrases for word in phrase.words)
