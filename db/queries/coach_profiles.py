"""A coach's profile, as its owner fills it in: what is stored, and how far they are."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Executable, ScalarSelect, String, cast, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage
from db.models.pictures import Picture
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachGoal, CoachProfile, CoachSkill, CoachStatus
from db.models.skills import Skill, SkillLevel
from db.models.step_drafts import StepDraft
from db.statements import KEY, ask


class TaughtSkill(msgspec.Struct, frozen=True):
    """A skill a coach teaches, and to whom."""

    id: int
    name: str
    level: SkillLevel


class Filled(msgspec.Struct, frozen=True):
    """All that stands in a coach's own profile; of the lists, how many entries there are."""

    account_id: int
    first_name: str
    last_name: str
    country: str | None
    time_zone: str
    handle: str
    status: CoachStatus
    goal: CoachGoal | None
    headline: str
    bio: str
    birth_date: date | None
    phone: str
    rate: int | None
    currency: str
    picture: str | None
    hidden_from_search_engines: bool
    submitted_at: datetime | None
    approved_at: datetime | None
    experiences: int
    educations: int
    portfolio_items: int
    languages: int
    skills: list[TaughtSkill]

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def _entries(
    model: type[Experience | Education | PortfolioItem | CoachLanguage],
) -> ScalarSelect[int]:
    here: ColumnElement[bool] = model.account_id == CoachProfile.account_id
    query = select(func.count()).select_from(model).where(here, model.removed_at.is_(None))
    return query.correlate(CoachProfile).scalar_subquery()


def _skills() -> ScalarSelect[Any]:
    # Ordered before it is joined into one text: old SQLites cannot order inside the aggregate.
    line = cast(Skill.id, String) + " " + cast(CoachSkill.level, String) + " " + Skill.name
    lines = (
        select(line.label("line"))
        .where(CoachSkill.skill_id == Skill.id, CoachSkill.account_id == CoachProfile.account_id)
        .order_by(CoachSkill.position, Skill.id)
        .correlate(CoachProfile)
        .subquery()
    )
    return select(func.aggregate_strings(lines.c.line, "\n")).scalar_subquery()


def filled(db: Session, account_id: int) -> Filled:
    """What this coach has filled in."""
    row = ask(db, _filled(), key=account_id).one()
    return Filled(*[*row[:-1], list(_split(row[-1]))])


@cache
def _filled() -> Executable:
    columns: tuple[Any, ...] = (
        CoachProfile.account_id,
        Account.first_name,
        Account.last_name,
        Account.country,
        Account.time_zone,
        CoachProfile.handle,
        CoachProfile.status,
        CoachProfile.goal,
        CoachProfile.headline,
        CoachProfile.bio,
        CoachProfile.birth_date,
        CoachProfile.phone,
        CoachProfile.rate,
        CoachProfile.currency,
        Picture.token,
        CoachProfile.hidden_from_search_engines,
        CoachProfile.submitted_at,
        CoachProfile.approved_at,
        _entries(Experience),
        _entries(Education),
        _entries(PortfolioItem),
        _entries(CoachLanguage),
        _skills(),
    )
    return (
        select(*columns)
        .join(Account, Account.id == CoachProfile.account_id)
        .join(Picture, Picture.id == CoachProfile.picture_id, isouter=True)
        .where(CoachProfile.account_id == KEY)
    )


def _split(joined: str | None) -> Iterator[TaughtSkill]:
    for line in joined.split("\n") if joined else []:
        key, level, name = line.split(" ", 2)
        yield TaughtSkill(int(key), name, SkillLevel(level))


def skills(db: Session, account_id: int) -> list[TaughtSkill]:
    """What this coach teaches, in their order."""
    query = (
        select(Skill.id, Skill.name, CoachSkill.level)
        .join(CoachSkill, CoachSkill.skill_id == Skill.id)
        .where(CoachSkill.account_id == account_id)
        .order_by(CoachSkill.position, Skill.id)
    )
    return [TaughtSkill(*row) for row in db.execute(query)]


def held(db: Session, account_id: int) -> CoachProfile:
    """The profile, for one writer at a time."""
    # FOR NO KEY UPDATE: rows that refer to the profile may still be added by others.
    query = select(CoachProfile).where(CoachProfile.account_id == account_id)
    query = query.execution_options(populate_existing=True)
    return db.scalars(query.with_for_update(key_share=True)).one()


def taught(db: Session, account_id: int) -> list[CoachSkill]:
    """The rows behind a coach's skills, in their order."""
    query = select(CoachSkill).where(CoachSkill.account_id == account_id)
    return list(db.scalars(query.order_by(CoachSkill.position, CoachSkill.skill_id)))


def draft(db: Session, account_id: int, step: str) -> StepDraft | None:
    """What was left in a step without being saved."""
    return db.get(StepDraft, (account_id, step))


def drafted(db: Session, account_id: int) -> set[str]:
    """The steps in which something was left."""
    query = select(StepDraft.step).where(StepDraft.account_id == account_id)
    return set(db.scalars(query))
