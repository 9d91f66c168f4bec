"""What is asked of a search, in the languages of FTS5 and of PostgreSQL's tsquery.

Both see coded words only, so nothing that somebody types can mean more than itself.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

import msgspec

from db.search_codes import EVERYTHING, code, fact
from db.search_terms import Phrase, Terms

LONGEST_KEPT = 6  # beginnings, of requests and coaches


class Tier(Enum):
    """Where the wanted words are: all in titles, names and skills, or not all there."""

    TITLE = 0
    TEXT = 1


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Words, and facts: one of each of `facts`, and none of `none_of`."""

    terms: Terms = Terms()
    facts: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is asked."""
        return not (self.terms.wanted or self.terms.excluded or self.facts or self.none_of)

    @property
    def has_long_beginning(self) -> bool:
        """Whether it asks for words that begin so and FTS5 keeps no list of what begins so."""
        every = [one for some in self.terms.wanted for one in some] + [*self.terms.excluded]
        return any(one.is_begun and len(code(one.words[-1])) > LONGEST_KEPT for one in every)

    @property
    def tiers(self) -> tuple[Tier | None, ...]:
        """What is found, the best first."""
        return (Tier.TITLE, Tier.TEXT) if self.terms.wanted else (None,)


def asked_for(wanted: Any, facts: Iterable[tuple[str, ...]]) -> Asked:
    """What the index is asked for a filter: its words, these facts, and no skill not to share."""
    none_of = tuple(fact("s", skill) for skill in wanted.not_shared)
    return Asked(terms=wanted.terms, facts=tuple(facts), none_of=none_of)


def fts5(asked: Asked, tier: Tier | None = None) -> str:
    """The query for MATCH of SQLite's FTS5."""
    wanted = " AND ".join(f"({' OR '.join(map(_fts5, one))})" for one in asked.terms.wanted)
    facts = [f"({' OR '.join(map(_quoted, one))})" for one in asked.facts]
    parts = [f"{{title}} : ({wanted})" if tier is Tier.TITLE else f"({wanted})"] * bool(wanted)
    nots = [*map(_fts5, asked.terms.excluded), *map(_quoted, asked.none_of)]
    if tier is Tier.TEXT:
        nots.append(f"{{title}} : ({wanted})")
    all_of = " AND ".join(parts + facts) or _quoted(EVERYTHING)
    return f"({all_of}) NOT ({' OR '.join(nots)})" if nots else all_of


def _fts5(phrase: Phrase) -> str:
    codes = " ".join(map(code, phrase.words))
    return _quoted(codes) + " *" * phrase.is_begun


def _quoted(codes: str) -> str:
    return f'"{codes}"'


def tsquery(asked: Asked, tier: Tier | None = None) -> str:
    """The query for to_tsquery of PostgreSQL."""
    in_title = [f"({' | '.join(_ts(phrase, 'A') for phrase in one)})" for one in asked.terms.wanted]
    wanted = [f"({' | '.join(map(_ts, one))})" for one in asked.terms.wanted]
    parts = in_title if tier is Tier.TITLE else wanted
    if tier is Tier.TEXT:
        parts = [*parts, f"!({' & '.join(in_title)})"]
    parts = [*parts, *(f"({' | '.join(one)})" for one in asked.facts)]
    nots = [*(_ts(phrase) for phrase in asked.terms.excluded), *asked.none_of]
    return " & ".join([*(parts or [EVERYTHING]), *(f"!({one})" for one in nots)])


def _ts(phrase: Phrase, weight: str = "") -> str:
    *whole, last = map(code, phrase.words)
    begun = "*" * phrase.is_begun + weight
    marks = f":{weight}" if weight else ""
    return " <-> ".join([*(one + marks for one in whole), last + (f":{begun}" if begun else "")])
