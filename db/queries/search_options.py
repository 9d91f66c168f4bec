"""What a search can be narrowed to, and how much would be left."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Executable, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from db.models.skills import Skill
from db.queries.search_hits import counted, counted_each, newest, streamed_each
from db.queries.search_rows import Rows, Search, is_sqlite
from db.statements import KEPT, ask

MOST_COUNTED = 1_000
MOST_COUNTED_BESIDE = 100  # beside an option
LOOKED_AT = 200  # results, of which the most frequent options are offered
SKILLS, LANGUAGES = 12, 8


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


class Narrowing(msgspec.Struct, frozen=True, eq=False):
    """Where options come from: the table of skills, whose they are, and who speaks what.

    `search` makes a search of a filter, `match` what FTS5 is asked for it. There is one for all who
    may see the same, for statements are kept by it.
    """

    skill: Any
    owner: Any
    languages: Callable[[Any], Rows]
    search: Callable[[Any], Search]
    match: Callable[[Any], str]


class Offer(msgspec.Struct, frozen=True):
    """An option that is not counted yet; `kind` is the field of the filter it stands in."""

    kind: str
    number: int
    code: str
    name: str
    folded: str
    often: int

    @property
    def key(self) -> int | str:
        """By what a filter names it."""
        return self.number if self.kind == "skills" else self.code


def counts(db: Session, searches: Sequence[Search], viewer_id: int = 0) -> list[Count]:
    """How many each of several searches finds, by one query."""
    if not searches:
        return []
    numbers = [counted(one, MOST_COUNTED, on_sqlite=is_sqlite(db)) for one in searches]
    row = ask(db, select(*numbers), viewer=viewer_id).one()
    return [capped(number, MOST_COUNTED) for number in row]


def options(db: Session, narrowing: Narrowing, wanted: Any, viewer_id: int = 0) -> Options:
    """How much is found, and the options that are frequent in it with how much each would leave."""
    on_sqlite = is_sqlite(db)
    offering = _offering(narrowing, wanted, on_sqlite=on_sqlite)
    offers = _offers(wanted, ask(db, offering, viewer=viewer_id).all())
    choices = [_choosing(wanted, offer) for offer in offers]
    counting = _counting_streams(narrowing, wanted, MOST_COUNTED) if on_sqlite else None
    if counting is None:
        counting = _counting(narrowing, wanted, choices, on_sqlite=on_sqlite)
    asks = json.dumps([narrowing.match(choice) for choice in choices])
    found: dict[int, int] = dict(ask(db, counting, viewer=viewer_id, asks=asks).all())
    hits = capped(found.pop(-1), MOST_COUNTED)
    made: dict[str, list[Option]] = {"skills": [], "languages": []}
    for at, offer in enumerate(offers):
        is_chosen = offer.key in getattr(wanted, offer.kind)
        number = capped(found[at], MOST_COUNTED_BESIDE)
        made[offer.kind].append(Option(offer.key, offer.name, offer.folded, number, is_chosen))
    return Options(hits, **made)


@lru_cache(KEPT)
def _counting_streams(narrowing: Narrowing, wanted: Any, most: int) -> Executable | None:
    search = narrowing.search(wanted)
    if search.few is not None:
        return None
    whole = select(literal(-1), counted(search, most, on_sqlite=True))
    return union_all(whole, streamed_each(search, MOST_COUNTED_BESIDE))


def _counting(
    narrowing: Narrowing, wanted: Any, choices: Sequence[Any], *, on_sqlite: bool
) -> Executable:
    search = narrowing.search(wanted)
    whole = select(literal(-1), counted(search, MOST_COUNTED, on_sqlite=on_sqlite))
    if not choices:
        return whole
    searches = [narrowing.search(choice) for choice in choices]
    return union_all(whole, counted_each(searches, MOST_COUNTED_BESIDE, on_sqlite=on_sqlite))


def _choosing(wanted: Any, offer: Offer) -> Any:
    chosen = dict.fromkeys((*getattr(wanted, offer.kind), offer.key))
    return msgspec.structs.replace(wanted, **{offer.kind: tuple(chosen)})


@lru_cache(KEPT)
def _offering(narrowing: Narrowing, wanted: Any, *, on_sqlite: bool) -> Executable:
    """The chosen ones, then the most frequent among the newest results; by one query."""
    # Where any of the chosen will do, others add to them; else they are sought among the results.
    base = wanted if wanted.every_skill else msgspec.structs.replace(wanted, skills=())
    speaking = msgspec.structs.replace(wanted, languages=())
    # Where both are the same they are looked for once.
    among = select(newest(narrowing.search(base), LOOKED_AT, on_sqlite=on_sqlite)).cte()
    spoken = newest(narrowing.search(speaking), LOOKED_AT, on_sqlite=on_sqlite)
    skills = _frequent_skills(narrowing, among)
    chosen = _chosen_skills(narrowing, wanted, on_sqlite=on_sqlite)
    languages = narrowing.languages(among if base == speaking else select(spoken).cte())
    parts = (skills, chosen, languages.limit(LANGUAGES))
    return union_all(*(select(part.subquery()) for part in parts))


def _offers(wanted: Any, rows: Iterable[Any]) -> list[Offer]:
    offers = {offer.kind + str(offer.key): offer for offer in (Offer(*row) for row in rows)}
    for language in wanted.languages:
        offers.setdefault(f"languages{language}", Offer("languages", 0, language, "", "", 0))

    def rank(offer: Offer) -> tuple[bool, int, str]:
        is_chosen = offer.key in getattr(wanted, offer.kind)
        return (not is_chosen, 0 if is_chosen else -offer.often, offer.folded or offer.code)

    return sorted(offers.values(), key=rank)


def _frequent_skills(narrowing: Narrowing, among: Any) -> Rows:
    often = func.count()
    query = select(
        literal("skills").label("kind"), Skill.id, literal("").label("code"), Skill.name,
        Skill.folded, often.label("often"),
    )  # fmt: skip
    used = query.join(narrowing.skill.class_, narrowing.skill == Skill.id)
    grouped = used.join(among, among.c.key == narrowing.owner).group_by(
        Skill.id, Skill.name, Skill.folded
    )
    return grouped.order_by(often.desc(), Skill.id).limit(SKILLS)


def _chosen_skills(narrowing: Narrowing, wanted: Any, *, on_sqlite: bool) -> Rows:
    # A name that is on no list and in nothing that may be seen is not told apart from nonsense:
    # somebody may have written it into a draft.
    bare = type(wanted)()
    own = [narrowing.search(msgspec.structs.replace(bare, skills=(key,))) for key in wanted.skills]
    seen = [select(newest(search, 1, on_sqlite=on_sqlite).c.key) for search in own]
    shown = (
        or_(
            *(
                (Skill.id == key) & or_(Skill.topic != "", some.exists())
                for key, some in zip(wanted.skills, seen, strict=True)
            )
        )
        if seen
        else literal(False)
    )
    return select(
        literal("skills").label("kind"), Skill.id, literal("").label("code"), Skill.name,
        Skill.folded, literal(0).label("often"),
    ).where(shown)  # fmt: skip
