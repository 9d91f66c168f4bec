"""What a match is made of: what somebody asks for, what a coach offers, and what the site knows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from db.models.skills import LanguageLevel, Level, SkillLevel

Speaks = Mapping[str, LanguageLevel]
Related = Mapping[int, frozenset[int]]


class Taught(msgspec.Struct, frozen=True):
    """A skill as a coach teaches it."""

    name: str
    level: SkillLevel = SkillLevel.ANY


class Asked(msgspec.Struct, frozen=True):
    """A request, or what a student would like to learn before the first one (its id is then 0).

    `skills` are names by their ids; `zone` is for counting only and never shown to a coach.
    """

    id: int
    skills: Mapping[int, str]
    level: Level | None = None
    language: str | None = None
    language_level: LanguageLevel | None = None
    budget_to: int | None = None
    currency: str = ""
    times: Sequence[str] = ()
    zone: str = ""
    speaks: Speaks = {}
    posting: int | None = None


class Offered(msgspec.Struct, frozen=True):
    """A coach. `rating` is in hundredths of a star, None before there are enough reviews."""

    id: int
    skills: Mapping[int, Taught]
    speaks: Speaks = {}
    rate: int | None = None
    currency: str = ""
    zone: str = ""
    rating: int | None = None
    reviews: int = 0
    listing: int | None = None


class Ground(msgspec.Struct, frozen=True):
    """What all matches of a page are measured on.

    `related` are the skills close to a skill, both ways; `mean` is that of all ratings, in
    hundredths of a star, None while there are none.
    """

    related: Related = {}
    mean: int | None = None


def skills_of(joined: str | None) -> dict[int, str]:
    """Lines of `id name`, as a query joins them."""
    return {int(key): name for key, _, name in _split(joined)}


def taught_of(joined: str | None) -> dict[int, Taught]:
    """Lines of `id level name`."""
    found = {}
    for key, _, rest in _split(joined):
        level, _, name = rest.partition(" ")
        found[int(key)] = Taught(name, SkillLevel(level))
    return found


@lru_cache(1024)
def speaks_of(joined: str | None) -> Speaks:
    """Lines of `language level`; most people speak what many others speak, equally well."""
    return {language: LanguageLevel(level) for language, _, level in _split(joined)}


def related_of(joined: str | None) -> Related:
    """Lines of `id id`, each pair both ways."""
    found: dict[int, set[int]] = {}
    for one, _, other in _split(joined):
        found.setdefault(int(one), set()).add(int(other))
        found.setdefault(int(other), set()).add(int(one))
    return {key: frozenset(others) for key, others in found.items()}


def _split(joined: str | None) -> list[Any]:
    return [line.partition(" ") for line in joined.split("\n")] if joined else []
