"""What a search may be narrowed to, as one statement: see search_options.py for what it says."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Executable, case, func, literal, or_, select, union_all

from db.aliases import another
from db.models.skills import Skill
from db.queries.search_hits import counted, newest
from db.queries.search_rows import Rows, Search
from db.statements import KEPT

SKILLS, LANGUAGES = 12, 8


class Narrowing(msgspec.Struct, frozen=True, eq=False):
    """Where options come from: the table of skills, whose they are, and who speaks what.

    `languages` are rows for `Offer` among these keys, beside which stand the columns of `carried`.
    `search` makes a search of a filter. There is one for all who may see the same, for statements
    are kept by it.
    """

    skill: Any
    owner: Any
    languages: Callable[[Any, Any], Rows]
    search: Callable[[Any], Search]
    carried: tuple[Any, ...] = ()


class Offer(msgspec.Struct, frozen=True):
    """An option as it is read; `kind` is the field of the filter it stands in.

    `often`: in how much of what was found it is; `adds`: in how much of that no chosen one is.
    """

    kind: str
    number: int
    code: str
    name: str
    folded: str
    often: int
    adds: int

    @property
    def key(self) -> int | str:
        """By what a filter names it."""
        return self.number if self.kind == "skills" else self.code


@lru_cache(KEPT)
def offering(narrowing: Narrowing, wanted: Any, most: int, *, on_sqlite: bool) -> Executable:
    """The chosen ones, the most frequent among the newest results, and how many those are."""

    def looked_at(some: Any) -> Any:
        search, more = narrowing.search(some), narrowing.carried
        return select(newest(search, most + 1, on_sqlite=on_sqlite, more=more)).cte()

    # Where any of the chosen will do, more are sought beside the results.
    base = wanted if wanted.every_skill else msgspec.structs.replace(wanted, skills=())
    speaking = msgspec.structs.replace(wanted, languages=())
    among = looked_at(base)
    spoken = among if base == speaking else looked_at(speaking)
    if wanted in (base, speaking):
        known = among if wanted == base else spoken
        hits = select(func.count()).select_from(known).scalar_subquery()
    else:
        hits = counted(narrowing.search(wanted), most, on_sqlite=on_sqlite)
    parts = (
        _frequent_skills(narrowing, among, wanted),
        _chosen_skills(narrowing, wanted, on_sqlite=on_sqlite),
        narrowing.languages(spoken, wanted).limit(LANGUAGES),
        _total("hits", hits),
        _total("among", select(func.count()).select_from(among).scalar_subquery()),
        _total("spoken", select(func.count()).select_from(spoken).scalar_subquery()),
    )
    return union_all(*(select(part.subquery()) for part in parts))


def _total(kind: str, number: Any) -> Rows:
    return select(*offer_columns(kind, often=number, adds=literal(0)))


def offer_columns(kind: str, *, often: Any, adds: Any, **columns: Any) -> tuple[Any, ...]:
    """The columns of an `Offer`, empty where nothing is said."""
    named: dict[str, Any] = {
        "id": literal(0),
        "code": literal(""),
        "name": literal(""),
        "folded": literal(""),
    }
    named |= columns | {"often": often, "adds": adds}
    return literal(kind).label("kind"), *(value.label(name) for name, value in named.items())


def _frequent_skills(narrowing: Narrowing, among: Any, wanted: Any) -> Rows:
    often: Any = func.count()
    adds = often
    if wanted.skills and not wanted.every_skill:
        other = another(narrowing.skill.class_)
        theirs = getattr(other, narrowing.owner.key) == narrowing.owner
        has = select(literal(1)).where(theirs, other.skill_id.in_(wanted.skills)).exists()
        adds = func.sum(case((has, 0), else_=1))
    # By number first: names would be carried along by every row that is counted.
    used = (
        select(narrowing.skill.label("id"), often.label("often"), adds.label("adds"))
        .join(among, among.c.key == narrowing.owner)
        .group_by(narrowing.skill)
        .order_by(often.desc(), narrowing.skill)
        .limit(SKILLS)
        .subquery()
    )
    columns = offer_columns(
        "skills", id=Skill.id, name=Skill.name, folded=Skill.folded, often=used.c.often,
        adds=used.c.adds,
    )  # fmt: skip
    return select(*columns).join(used, used.c.id == Skill.id)


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
    none = literal(0)
    columns = offer_columns(
        "skills", id=Skill.id, name=Skill.name, folded=Skill.folded, often=none, adds=none
    )
    return select(*columns).where(shown)
