"""Skills: offered where a search can be narrowed."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.skills import Skill, SkillSynonym
from db.queries.learning_requests import lines
from db.queries.skill_names import is_one_of

MOST_OFFERED = 12


class SkillChoice(msgspec.Struct, frozen=True):
    """A skill that a search of requests can be narrowed to, and how many requests have it.

    `others` are the synonyms by which it was chosen.
    """

    id: int
    name: str
    folded: str
    requests: int
    is_chosen: bool = False
    others: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[int | str, ...]:
        """What may stand for it in a search."""
        return (self.id, self.folded, *self.others)


def choices(
    db: Session, visible: ColumnElement[bool], chosen: Sequence[int | str]
) -> list[SkillChoice]:
    """The skills that most of these requests ask for, and those that are chosen already.

    A name that stands on no list and in none of these requests is not told apart from nonsense:
    somebody may have written it into a draft.
    """
    mine = _chosen(db, visible, chosen) if chosen else []
    ids = {skill.id for skill in mine}
    return [*mine, *(skill for skill in _offered(db, visible) if skill.id not in ids)]


def _offered(db: Session, visible: ColumnElement[bool]) -> list[SkillChoice]:
    number = func.count()
    query = (
        select(Skill.id, Skill.name, Skill.folded, number)
        .join(RequestSkill, RequestSkill.skill_id == Skill.id)
        .join(LearningRequest, LearningRequest.id == RequestSkill.request_id)
        .where(visible)
        .group_by(Skill.id, Skill.name, Skill.folded)
        .order_by(number.desc(), Skill.name)
        .limit(MOST_OFFERED)
    )
    return [SkillChoice(*row) for row in db.execute(query)]


def _chosen(
    db: Session, visible: ColumnElement[bool], skills: Sequence[int | str]
) -> list[SkillChoice]:
    number = (
        select(func.count())
        .select_from(RequestSkill)
        .join(LearningRequest, LearningRequest.id == RequestSkill.request_id)
        .where(RequestSkill.skill_id == Skill.id, visible)
        .correlate(Skill)
        .scalar_subquery()
    )
    names = [key for key in skills if isinstance(key, str)]
    others = (
        select(func.aggregate_strings(SkillSynonym.folded, "\n"))
        .where(SkillSynonym.skill_id == Skill.id, SkillSynonym.folded.in_(names))
        .correlate(Skill)
        .scalar_subquery()
    )
    query = select(Skill.id, Skill.name, Skill.folded, number, others).where(
        is_one_of(skills), or_(Skill.topic != "", number > 0)
    )
    return [
        SkillChoice(key, name, folded, requests, True, tuple(lines(called)))
        for key, name, folded, requests, called in db.execute(query.order_by(Skill.name))
    ]
