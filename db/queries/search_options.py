"""What a search can be narrowed to, and how much would be left."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from db.models.skills import Skill
from db.queries.search_hits import counted, counted_each, newest
from db.queries.search_rows import Rows, Search

MOST_COUNTED = 1_000
MOST_COUNTED_BESIDE = 100  # beside an option
LOOKED_AT = 200  # results, of which the most frequent options are offered
SKILLS, LANGUAGES = 12, 8


class Count(msgspec.Struct, frozen=True):
    """How many there are; with `is_more`, more than anybody counts."""

    number: int
    is_more: bool = False


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


class Narrowing(msgspec.Struct, frozen=True):
    """Where options come from: the table of skills, whose they are, and who speaks what.

    `search` makes a search of a filter.
    """

    skill: Any
    owner: Any
    languages: Callable[[Any], Rows]
    search: Callable[[Any], Search]


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


def counts(db: Session, searches: Sequence[Search], most: int = MOST_COUNTED) -> list[Count]:
    """How many each of several searches finds, by one query."""
    if not searches:
        return []
    row = db.execute(select(*(counted(db, search, most) for search in searches))).one()
    return [capped(number, most) for number in row]


def options(db: Session, narrowing: Narrowing, wanted: Any) -> Options:
    """How much is found, and the options that are frequent in it with how much each would leave."""
    offers = _offers(db, narrowing, wanted)
    searches = [narrowing.search(_choosing(wanted, offer)) for offer in offers]
    whole = select(literal(-1), counted(db, narrowing.search(wanted), MOST_COUNTED))
    beside = [counted_each(db, searches, MOST_COUNTED_BESIDE)] if searches else []
    rows = db.execute(union_all(whole, *beside))
    found: dict[int, int] = dict(rows.all())
    hits = capped(found.pop(-1), MOST_COUNTED)
    numbers = [capped(found[at], MOST_COUNTED_BESIDE) for at in range(len(searches))]
    made: dict[str, list[Option]] = {"skills": [], "languages": []}
    for offer, number in zip(offers, numbers, strict=True):
        is_chosen = offer.key in getattr(wanted, offer.kind)
        made[offer.kind].append(Option(offer.key, offer.name, offer.folded, number, is_chosen))
    return Options(hits, **made)


def _choosing(wanted: Any, offer: Offer) -> Any:
    chosen = dict.fromkeys((*getattr(wanted, offer.kind), offer.key))
    return msgspec.structs.replace(wanted, **{offer.kind: tuple(chosen)})


def _offers(db: Session, narrowing: Narrowing, wanted: Any) -> list[Offer]:
    """The chosen ones, then the most frequent among the newest results; by one query."""
    # Where any of the chosen will do, others add to them; else they are sought among the results.
    base = wanted if wanted.every_skill else msgspec.structs.replace(wanted, skills=())
    speaking = msgspec.structs.replace(wanted, languages=())
    among = newest(db, narrowing.search(base), LOOKED_AT)
    by_language = newest(db, narrowing.search(speaking), LOOKED_AT)
    parts = (
        _frequent_skills(narrowing, among),
        _chosen_skills(db, narrowing, wanted),
        narrowing.languages(by_language).limit(LANGUAGES),
    )
    rows = db.execute(union_all(*(select(part.subquery()) for part in parts)))
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


def _chosen_skills(db: Session, narrowing: Narrowing, wanted: Any) -> Rows:
    # A name that is on no list and in nothing that may be seen is not told apart from nonsense:
    # somebody may have written it into a draft.
    bare = type(wanted)()
    own = [narrowing.search(msgspec.structs.replace(bare, skills=(key,))) for key in wanted.skills]
    seen = [select(newest(db, search, 1).c.key) for search in own]
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


def capped(number: int, most: int) -> Count:
    """A number that was counted up to one more than `most`."""
    return Count(min(number, most), number > most)
