"""A coach's page as anybody reads it: facts that are stored, nothing else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage
from db.models.learning_sessions import LearningSession
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus
from db.models.skills import LanguageLevel, Skill, SkillLevel
from db.queries.session_standing import took_place


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


class CoachPage(msgspec.Struct, frozen=True):
    """All of it is public once the coach is approved; `picture` is a token."""

    id: int
    first_name: str
    last_name: str
    country: str | None
    time_zone: str
    member_since: datetime
    account_status: AccountStatus
    handle: str
    status: CoachStatus
    hidden_from_search_engines: bool
    headline: str
    bio: str
    rate: int | None
    currency: str
    picture: str | None
    languages: list[tuple[str, LanguageLevel]]
    skills: list[tuple[str, SkillLevel]]
    experiences: list[Worked]
    educations: list[Learned]

    @property
    def name(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"

    @property
    def is_listed(self) -> bool:
        """Whether anybody may find this page."""
        return self.status is CoachStatus.APPROVED and self.account_status is AccountStatus.ACTIVE

    @property
    def is_for_search_engines(self) -> bool:
        """Whether the coach wants strangers to find it, too."""
        return self.is_listed and not self.hidden_from_search_engines


FIRST = ("kind", "position", "key")
# What a list has not, where it is read together with others.
NO_TEXT, NO_DAY = cast(null(), String), cast(null(), Date)

_PERSON: tuple[Any, ...] = (
    Account.id,
    Account.first_name,
    Account.last_name,
    Account.country,
    Account.time_zone,
    Account.created_at,
    Account.status,
    CoachProfile.handle,
    CoachProfile.status,
    CoachProfile.hidden_from_search_engines,
    CoachProfile.headline,
    CoachProfile.bio,
    CoachProfile.rate,
    CoachProfile.currency,
    Picture.token,
)


def coach(db: Session, account_id: int) -> CoachPage:
    """The page of a coach, who has been found to be visible."""
    return _page(db, _person(db, account_id))


def coach_and_taught(db: Session, account_id: int, at: datetime) -> tuple[CoachPage, int]:
    """The same, and how many sessions took place, even if a job is late to write it down."""
    theirs = (LearningSession.coach_id == Account.id, took_place(at))
    taught = select(func.count(LearningSession.id)).where(*theirs).scalar_subquery()
    *person, count = _person(db, account_id, taught)
    return _page(db, person), count


def _person(db: Session, account_id: int, *more: Any) -> Sequence[Any]:
    query = (
        select(*_PERSON, *more)
        .join(CoachProfile, CoachProfile.account_id == Account.id)
        .outerjoin(Picture, Picture.id == CoachProfile.picture_id)
        .where(Account.id == account_id)
    )
    return db.execute(query).one()


def _page(db: Session, person: Sequence[Any]) -> CoachPage:
    facts: list[Any] = [*person, *_lists(db, person[0])]
    return CoachPage(*facts)


def _lists(db: Session, account_id: int) -> tuple[list[Any], ...]:
    """What a coach speaks and teaches, and how well; where they have worked and learned."""
    spoken = (CoachLanguage.position, CoachLanguage.id, CoachLanguage.language, CoachLanguage.level)
    taught = (CoachSkill.position, CoachSkill.skill_id, Skill.name, CoachSkill.level)
    job, school = Experience, Education
    worked = (job.position, job.id, job.title, job.company, job.description)
    learned = (school.position, school.id, school.institution, school.degree, school.field)
    skills = _select(1, (*taught, NO_TEXT)).join(Skill, Skill.id == CoachSkill.skill_id)
    parts = (
        _select(0, (*spoken, NO_TEXT))
        .add_columns(NO_DAY, NO_DAY)
        .where(*_kept(CoachLanguage, account_id)),
        skills.add_columns(NO_DAY, NO_DAY).where(CoachSkill.account_id == account_id),
        _select(2, worked).add_columns(job.started, job.ended).where(*_kept(job, account_id)),
        _select(3, learned)
        .add_columns(school.started, school.ended)
        .where(*_kept(school, account_id)),
    )
    found: Sequence[Any] = db.execute(union_all(*parts).order_by(*FIRST)).all()
    return (
        [(row[3], LanguageLevel(row[4])) for row in found if row.kind == 0],
        [(row[3], SkillLevel(row[4])) for row in found if row.kind == 1],
        [Worked(*row[3:]) for row in found if row.kind == 2],
        [Learned(*row[3:]) for row in found if row.kind == 3],
    )


def _select(kind: int, columns: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """Rows of one list among others that are read with it."""
    position, key, *rest = columns
    first = (literal(kind).label("kind"), position.label("position"), key.label("key"))
    return select(*first, *(type_coerce(one, String) for one in rest))


def _kept(model: Any, account_id: int) -> tuple[ColumnElement[bool], ...]:
    """Not the entries that were removed a moment ago."""
    return model.account_id == account_id, model.removed_at.is_(None)
