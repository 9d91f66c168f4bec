"""Skills by any of their names: their own, and the others they go by."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Executable, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from db.models.skills import Skill, SkillSynonym
from db.statements import ask


def of_folded(db: Session, folded: Sequence[str], *, hold: bool = False) -> dict[str, Skill]:
    """The skills that are called this, by these folded names.

    With `hold`, they stay until this is over: nobody makes one of them another meanwhile.
    """
    named = _named(folded).subquery()
    query = select(named.c.is_name, named.c.folded, Skill).join(Skill, Skill.id == named.c.skill_id)
    if hold:  # in the order in which all do, so that nobody waits for each other
        query = query.order_by(Skill.id).with_for_update(read=True, key_share=True, of=Skill)
    rows = sorted(db.execute(query), key=lambda row: row.is_name)
    return {row.folded: row.Skill for row in rows}


def numbers_of(db: Session, folded: Sequence[str]) -> dict[str, int]:
    """The numbers of the skills that are called this, by these folded names."""
    return dict(ask(db, _numbers(), folded=list(folded)).all())


@cache
def _numbers() -> Executable:
    named = _named(bindparam("folded", expanding=True)).subquery()
    return select(named.c.folded, named.c.skill_id).order_by(named.c.is_name)


def _named(folded: Any) -> CompoundSelect[Any]:
    return union_all(
        select(Skill.folded, Skill.id.label("skill_id"), literal(1).label("is_name")).where(
            Skill.folded.in_(folded)
        ),
        select(SkillSynonym.folded, SkillSynonym.skill_id, literal(0)).where(
            SkillSynonym.folded.in_(folded)
        ),
    )


def has_unsorted(db: Session, folded: Iterable[str]) -> bool:
    """Whether one of these skills belongs to no topic."""
    query = select(Skill.id).where(Skill.topic == "", Skill.folded.in_(list(folded)))
    return db.scalar(query.limit(1)) is not None
