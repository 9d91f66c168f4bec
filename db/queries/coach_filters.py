"""What a search for coaches asks for: of the index, and of the rows themselves."""

from collections.abc import Iterator
from functools import lru_cache

import msgspec
from sqlalchemy import ColumnElement

from db.models.profiles import CoachProfile
from db.models.skills import LanguageLevel
from db.search_codes import bands, fact
from db.search_entries import speaking
from db.search_queries import Asked, asked_for, fts5, tsquery
from db.search_terms import Terms


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


def asked_of(wanted: CoachFilter) -> Asked:
    """What the index is asked."""
    return asked_for(wanted, _facts(wanted))


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


def conditions(wanted: CoachFilter) -> Iterator[ColumnElement[bool]]:
    """What no entry of the search can say exactly."""
    if _has_price(wanted):
        yield CoachProfile.currency == wanted.currency
        yield CoachProfile.rate >= (wanted.price_from or 0)
        if wanted.price_to is not None:
            yield CoachProfile.rate <= wanted.price_to


def _has_price(wanted: CoachFilter) -> bool:
    return wanted.price_from is not None or wanted.price_to is not None


@lru_cache(1_000)
def match_of(wanted: CoachFilter, *, on_sqlite: bool) -> str:
    """What the index is asked for this, where a statement was made for others."""
    return (fts5 if on_sqlite else tsquery)(asked_of(wanted))
