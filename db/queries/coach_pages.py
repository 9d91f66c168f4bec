"""A coach's page as anybody reads it: facts that are stored, nothing else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import select
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
    lists = (languages(db, account_id), skills(db, account_id), worked(db, account_id))
    facts: list[Any] = [*db.execute(query).one(), *lists, learned(db, account_id)]
    return CoachPage(*facts)


def skills(db: Session, account_id: int) -> list[tuple[str, SkillLevel]]:
    """What a coach teaches, and to whom."""
    query = (
        select(Skill.name, CoachSkill.level)
        .join(CoachSkill, CoachSkill.skill_id == Skill.id)
        .where(CoachSkill.account_id == account_id)
        .order_by(CoachSkill.position)
    )
    return [(name, level) for name, level in db.execute(query)]


def languages(db: Session, account_id: int) -> list[tuple[str, LanguageLevel]]:
    """What a coach speaks, and how well."""
    columns = (CoachLanguage.language, CoachLanguage.level)
    return [(code, level) for code, level in _kept(db, CoachLanguage, columns, account_id)]


def worked(db: Session, account_id: int) -> list[Worked]:
    """A coach's experience, in their own order."""
    of = Experience
    columns = (of.title, of.company, of.description, of.started, of.ended)
    return [Worked(*row) for row in _kept(db, of, columns, account_id)]


def learned(db: Session, account_id: int) -> list[Learned]:
    """A coach's education, in their own order."""
    of = Education
    columns = (of.institution, of.degree, of.field, of.started, of.ended)
    return [Learned(*row) for row in _kept(db, of, columns, account_id)]


def _kept(db: Session, model: Any, columns: Sequence[Any], account_id: int) -> Sequence[Any]:
    """The entries of a list without those that were removed a moment ago."""
    mine = (model.account_id == account_id, model.removed_at.is_(None))
    query = select(*columns).where(*mine).order_by(model.position, model.id)
    return db.execute(query).all()
