"""Skills to choose from while one types."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.models.learning_requests import RequestSkill
from db.models.profiles import CoachProfile, CoachSkill
from db.models.skills import Skill, SkillSynonym

MOST_SUGGESTED = 8
BEGINS, HAS_A_WORD, IS_CALLED = range(3)


class Suggestion(msgspec.Struct, frozen=True):
    """A skill whose name begins as was typed, or that goes by another name which does."""

    name: str
    synonym: str


def beginning(
    db: Session, begun: str, *, listed: ColumnElement[bool], but: Sequence[str] = ()
) -> list[Suggestion]:
    """Skills one of whose words begins so, by their name before others, the most used first.

    What somebody named in a draft is nobody else's business: a skill is of the shared list, or one
    of the listed coaches teaches it. `but` are folded names that are not wanted again.
    """
    found = _found(begun).subquery()
    place = func.min(found.c.place)
    query = (
        select(Skill.name, place, func.min(found.c.synonym))
        .join(found, found.c.skill_id == Skill.id)
        .where(Skill.folded.not_in(but), or_(Skill.topic != "", _is_taught(listed)))
        .group_by(Skill.id, Skill.name)
        .order_by(place, _uses().desc(), Skill.name)
        .limit(MOST_SUGGESTED)
    )
    return [
        Suggestion(name, synonym if place == IS_CALLED else "")
        for name, place, synonym in db.execute(query)
    ]


def _found(begun: str) -> CompoundSelect[Any]:
    nearness = case((Skill.folded.startswith(begun, autoescape=True), BEGINS), else_=HAS_A_WORD)
    return union_all(
        select(Skill.id.label("skill_id"), nearness.label("place"), literal("").label("synonym"))
        .where((" " + Skill.folded).contains(f" {begun}", autoescape=True)),
        select(SkillSynonym.skill_id, literal(IS_CALLED), SkillSynonym.name)
        .where((" " + SkillSynonym.folded).contains(f" {begun}", autoescape=True)),
    )  # fmt: skip


def _is_taught(listed: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        CoachSkill.skill_id == Skill.id, CoachProfile.account_id == CoachSkill.account_id, listed
    )


def _uses() -> Any:
    wanted, taught = (
        select(func.count())
        .select_from(place)
        .where(place.skill_id == Skill.id)
        .correlate(Skill)
        .scalar_subquery()
        for place in (RequestSkill, CoachSkill)
    )
    return wanted + taught
