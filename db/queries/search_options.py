"""What a search can be narrowed to, and how much would be left."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.queries.search_hits import counted
from db.queries.search_narrowing import Narrowing, Offer, offering
from db.queries.search_rows import Search, is_sqlite
from db.statements import ask

MOST_COUNTED = 500  # results; what is beside options is counted among the newest of them
KINDS = {"skills": "among", "languages": "spoken"}  # what each is counted in


class Count(msgspec.Struct, frozen=True):
    """How many there are; with `is_more`, more than anybody counts."""

    number: int
    is_more: bool = False


def capped(number: int, most: int) -> Count:
    """A number that was counted up to one more than `most`."""
    return Count(min(number, most), number > most)


class Option(msgspec.Struct, frozen=True):
    """A skill (`id` is its number) or language (`id` is its code) that a search may ask for.

    `number`: how many results choosing it would leave.
    """

    id: int | str
    name: str
    folded: str
    number: Count
    is_chosen: bool = False


class Options(msgspec.Struct, frozen=True):
    """How many a search finds, and what it can be narrowed to: the chosen ones first."""

    hits: Count
    skills: list[Option]
    languages: list[Option]


def counts(db: Session, searches: Sequence[Search], viewer_id: int | None = None) -> list[Count]:
    """How many each of several searches finds, by one query."""
    if not searches:
        return []
    numbers = [counted(one, MOST_COUNTED, on_sqlite=is_sqlite(db)) for one in searches]
    row = ask(db, select(*numbers), viewer=viewer_id).one()
    return [capped(number, MOST_COUNTED) for number in row]


def options(
    db: Session, narrowing: Narrowing, wanted: Any, viewer_id: int | None = None
) -> Options:
    """How much is found, and the options that are frequent in it with how much each would leave.

    One statement, whose work is bounded: it looks at the newest results once, and counts in them.
    """
    query = offering(narrowing, wanted, MOST_COUNTED, on_sqlite=is_sqlite(db))
    offers = [Offer(*row) for row in ask(db, query, viewer=viewer_id).all()]
    found = {one.kind: one.often for one in offers if one.kind not in KINDS}
    hits = capped(found["hits"], MOST_COUNTED)
    made: dict[str, list[Option]] = {kind: [] for kind in KINDS}
    for offer in _ranked(wanted, [one for one in offers if one.kind in KINDS]):
        chosen = getattr(wanted, offer.kind)
        number = _beside(offer, hits, wanted, is_more=found[KINDS[offer.kind]] > MOST_COUNTED)
        is_chosen = offer.key in chosen
        made[offer.kind].append(Option(offer.key, offer.name, offer.folded, number, is_chosen))
    return Options(hits, **made)


def _beside(offer: Offer, hits: Count, wanted: Any, *, is_more: bool) -> Count:
    chosen = getattr(wanted, offer.kind)
    if offer.key in chosen:
        return hits
    # Where any of the chosen will do, others add to them.
    is_strict = offer.kind == "skills" and wanted.every_skill
    before = hits if chosen and not is_strict else Count(0)
    number = min(before.number + offer.adds, MOST_COUNTED)
    return Count(number, is_more or before.is_more or before.number + offer.adds > MOST_COUNTED)


def _ranked(wanted: Any, found: Sequence[Offer]) -> list[Offer]:
    """Each once: the chosen ones, and the others by how frequent they are."""
    offers = {one.kind + str(one.key): one for one in reversed(found)}
    for language in wanted.languages:
        offers.setdefault(f"languages{language}", Offer("languages", 0, language, "", "", 0, 0))

    def rank(offer: Offer) -> tuple[bool, int, str]:
        is_chosen = offer.key in getattr(wanted, offer.kind)
        return (not is_chosen, 0 if is_chosen else -offer.often, offer.folded or offer.code)

    return sorted(offers.values(), key=rank)
