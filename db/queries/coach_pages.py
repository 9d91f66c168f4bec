"""A coach's page as anybody reads it: facts that are stored, nothing else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, String, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus
from db.models.skills import LanguageLevel, Skill, SkillLevel


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
    query = (
        select(*_PERSON)
        .join(CoachProfile, CoachProfile.account_id == Account.id)
        .outerjoin(Picture, Picture.id == CoachProfile.picture_id)
        .where(Account.id == account_id)
    )
    person = db.execute(query).one()
    facts: list[Any] = [*person, *_levels(db, account_id), *_past(db, account_id)]
    return CoachPage(*facts)


def _levels(
    db: Session, account_id: int
) -> tuple[list[tuple[str, LanguageLevel]], list[tuple[str, SkillLevel]]]:
    """What a coach speaks, and how well; and what they teach, and to whom."""
    spoken = (CoachLanguage.position, CoachLanguage.id, CoachLanguage.language, CoachLanguage.level)
    taught = (CoachSkill.position, CoachSkill.skill_id, Skill.name, CoachSkill.level)
    languages = _select(0, spoken).where(*_kept(CoachLanguage, account_id))
    skills = _select(1, taught).join(Skill, Skill.id == CoachSkill.skill_id)
    skills = skills.where(CoachSkill.account_id == account_id)
    found: Sequence[Any] = db.execute(union_all(languages, skills).order_by(*FIRST)).all()
    return (
        [(name, LanguageLevel(level)) for kind, _, _, name, level in found if kind == 0],
        [(name, SkillLevel(level)) for kind, _, _, name, level in found if kind == 1],
    )


def _past(db: Session, account_id: int) -> tuple[list[Worked], list[Learned]]:
    """A coach's experience and education, each in their own order."""
    job, school = Experience, Education
    worked = (job.position, job.id, job.title, job.company, job.description)
    learned = (school.position, school.id, school.institution, school.degree, school.field)
    parts = (
        _select(0, worked).add_columns(job.started, job.ended).where(*_kept(job, account_id)),
        _select(1, learned)
        .add_columns(school.started, school.ended)
        .where(*_kept(school, account_id)),
    )
    found: Sequence[Any] = db.execute(union_all(*parts).order_by(*FIRST)).all()
    return (
        [Worked(*row) for kind, _, _, *row in found if kind == 0],
        [Learned(*row) for kind, _, _, *row in found if kind == 1],
    )


def _select(kind: int, columns: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """Rows of one list among others that are read with it."""
    position, key, *rest = columns
    first = (literal(kind).label("kind"), position.label("position"), key.label("key"))
    return select(*first, *(type_coerce(one, String) for one in rest))


def _kept(model: Any, account_id: int) -> tuple[ColumnElement[bool], ...]:
    """Not the entries that were removed a moment ago."""
    return model.account_id == account_id, model.removed_at.is_(None)
