"""Which skills of the list are close: in a match, one of two is half of the other."""

from functools import cache
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.models.skills import RelatedSkill
from db.search_text import fold

FILE = Path(__file__).parent / "related_skills.txt"

Pair = tuple[int, int]


@cache
def listed_pairs() -> tuple[tuple[str, str], ...]:
    """The list, as folded names. A line is `Name: a close one, another close one`."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    parted = [line.partition(": ") for line in lines]
    return tuple((fold(one), fold(other)) for one, _, rest in parted for other in rest.split(", "))


def missing_pairs(db: Session, known: dict[str, int]) -> set[Pair]:
    """What the list relates and this database does not; `known` are numbers by folded names."""
    numbered = [(known.get(one), known.get(other)) for one, other in listed_pairs()]
    both = {(one, other) for one, other in numbered if one and other and one != other}
    wanted = both | {(other, one) for one, other in both}
    query = select(RelatedSkill.skill_id, RelatedSkill.related_id)
    return wanted - {(one, other) for one, other in db.execute(query)}


def relate_skills(db: Session, known: dict[str, int]) -> None:
    """Relate what the list relates; what staff or members have besides stays as it is."""
    rows = [{"skill_id": one, "related_id": other} for one, other in missing_pairs(db, known)]
    if rows:
        db.execute(insert(RelatedSkill), sorted(rows, key=lambda row: tuple(row.values())))
