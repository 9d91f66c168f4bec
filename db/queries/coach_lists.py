"""The lists on a coach's page, read together: they are short, and each is asked for every time."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    cast,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage
from db.models.profiles import CoachSkill
from db.models.skills import LanguageLevel, Skill, SkillLevel
from db.statements import KEY, ask


class Worked(msgspec.Struct, frozen=True):
    """Where a coach has worked; without an end they still do."""

    title: str
    company: str
    description: str
    started: date
    ended: date | None


class Learned(msgspec.Struct, frozen=True):
    """Where a coach has learned; without an end they still do."""

    institution: str
    degree: str
    field: str
    started: date
    ended: date | None


FIRST = ("kind", "position", "key")
# What a list has not, where it is read together with others.
NO_TEXT, NO_DAY = cast(null(), String), cast(null(), Date)


def lists(db: Session, account_id: int) -> tuple[tuple[Any, ...], ...]:
    """What a coach speaks and teaches, and how well; where they have worked and learned."""
    found: Sequence[Any] = ask(db, _all_lists(), key=account_id).all()
    return (
        tuple((row[3], LanguageLevel(row[4])) for row in found if row[0] == 0),
        tuple((row[3], SkillLevel(row[4])) for row in found if row[0] == 1),
        tuple(Worked(*row[3:]) for row in found if row[0] == 2),
        tuple(Learned(*row[3:]) for row in found if row[0] == 3),
    )


@cache
def _all_lists() -> Any:
    spoken = (CoachLanguage.position, CoachLanguage.id, CoachLanguage.language, CoachLanguage.level)
    taught = (CoachSkill.position, CoachSkill.skill_id, Skill.name, CoachSkill.level)
    job, school = Experience, Education
    worked = (job.position, job.id, job.title, job.company, job.description)
    learned = (school.position, school.id, school.institution, school.degree, school.field)
    skills = _select(1, (*taught, NO_TEXT)).join(Skill, Skill.id == CoachSkill.skill_id)
    parts = (
        _select(0, (*spoken, NO_TEXT)).add_columns(NO_DAY, NO_DAY).where(*_kept(CoachLanguage)),
        skills.add_columns(NO_DAY, NO_DAY).where(CoachSkill.account_id == KEY),
        _select(2, worked).add_columns(job.started, job.ended).where(*_kept(job)),
        _select(3, learned).add_columns(school.started, school.ended).where(*_kept(school)),
    )
    return union_all(*parts).order_by(*FIRST)


def _select(kind: int, columns: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """Rows of one list among others that are read with it."""
    position, key, *rest = columns
    place = literal_column(str(kind), Integer).label("kind")
    first = (place, position.label("position"), key.label("key"))
    return select(*first, *(type_coerce(one, String) for one in rest))


def _kept(model: Any) -> tuple[ColumnElement[bool], ...]:
    """Not the entries that were removed a moment ago."""
    return model.account_id == KEY, model.removed_at.is_(None)
