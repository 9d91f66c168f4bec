"""Profiles of both sides, as other people read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, Side
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus, StudentProfile
from db.models.proposals import Proposal, ProposalStatus
from db.models.skills import LanguageLevel, Skill, SkillLevel


class CoachPage(msgspec.Struct, frozen=True):
    """A coach's public profile: facts that are stored, nothing else."""

    id: int
    first_name: str
    last_name: str
    country: str | None
    time_zone: str
    member_since: datetime
    handle: str
    status: CoachStatus
    headline: str
    bio: str
    rate: int | None
    currency: str
    languages: list[tuple[str, LanguageLevel]]
    skills: list[tuple[str, SkillLevel]]

    @property
    def name(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"


class StudentPage(msgspec.Struct, frozen=True):
    """A student's profile, for the student and those whom matrix B shows all of it."""

    id: int
    first_name: str
    last_name: str
    country: str | None
    time_zone: str
    member_since: datetime
    bio: str
    goal: str
    languages: list[tuple[str, LanguageLevel]]

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


class Reader(msgspec.Struct, frozen=True):
    """A coach who can read a student's profile, and the accepted proposal that is the reason."""

    name: str
    handle: str
    proposal_id: int
    title: str


_PERSON: tuple[Any, ...] = (
    Account.id,
    Account.first_name,
    Account.last_name,
    Account.country,
    Account.time_zone,
    Account.created_at,
)


def hold_coach(db: Session, coach_id: int) -> None:
    """Let this coach send one proposal at a time, so that their limits are counted right."""
    # Not the stronger lock: a thread or an answer that refers to the coach need not wait.
    held = select(CoachProfile.account_id).where(CoachProfile.account_id == coach_id)
    db.execute(held.with_for_update(key_share=True))


def coach_is_here(db: Session, coach_id: int) -> bool:
    """Whether this coach may still teach and can still be reached."""
    query = (
        select(CoachProfile.account_id)
        .join(Account, Account.id == CoachProfile.account_id)
        .where(
            CoachProfile.account_id == coach_id,
            CoachProfile.status == CoachStatus.APPROVED,
            Account.status == AccountStatus.ACTIVE,
        )
    )
    return db.scalars(query).one_or_none() is not None


def has_side(db: Session, account_id: int, side: Side) -> bool:
    """Whether this account has this side, as it stands at this moment."""
    profile = CoachProfile if side is Side.COACH else StudentProfile
    query = select(profile.account_id).where(profile.account_id == account_id)
    return db.scalars(query).one_or_none() is not None


def taken_handles(db: Session, handles: Sequence[str]) -> set[str]:
    """Those of these handles that a coach already has."""
    query = select(CoachProfile.handle).where(CoachProfile.handle.in_(handles))
    return set(db.scalars(query))


def taught_skills(db: Session, account_id: int) -> list[int]:
    """The skills a coach teaches, by their ids."""
    query = select(CoachSkill.skill_id).where(CoachSkill.account_id == account_id)
    return list(db.scalars(query.order_by(CoachSkill.position)))


def coach(db: Session, account_id: int) -> CoachPage:
    """The public profile of a coach, who has been found to be visible."""
    query = (
        select(
            *_PERSON,
            CoachProfile.handle,
            CoachProfile.status,
            CoachProfile.headline,
            CoachProfile.bio,
            CoachProfile.rate,
            CoachProfile.currency,
        )
        .join(CoachProfile, CoachProfile.account_id == Account.id)
        .where(Account.id == account_id)
    )
    skills = (
        select(Skill.name, CoachSkill.level)
        .join(CoachSkill, CoachSkill.skill_id == Skill.id)
        .where(CoachSkill.account_id == account_id)
        .order_by(CoachSkill.position)
    )
    taught = [(name, level) for name, level in db.execute(skills)]
    languages = _languages(db, CoachLanguage, account_id)
    facts: list[Any] = [*db.execute(query).one(), languages, taught]
    return CoachPage(*facts)


def student(db: Session, account_id: int) -> StudentPage:
    """The profile of a student, who has been found to be visible."""
    query = (
        select(*_PERSON, StudentProfile.bio, StudentProfile.goal)
        .join(StudentProfile, StudentProfile.account_id == Account.id)
        .where(Account.id == account_id)
    )
    languages = _languages(db, StudentLanguage, account_id)
    facts: list[Any] = [*db.execute(query).one(), languages]
    return StudentPage(*facts)


def readers(db: Session, student_id: int) -> list[Reader]:
    """Who can read all of this student's profile, and why: the coaches they accepted."""
    query = (
        select(
            Account.first_name + " " + Account.last_name,
            CoachProfile.handle,
            Proposal.id,
            LearningRequest.title,
        )
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .join(Account, Account.id == Proposal.coach_id)
        .join(CoachProfile, CoachProfile.account_id == Proposal.coach_id)
        .where(
            LearningRequest.student_id == student_id,
            Proposal.status == ProposalStatus.ACCEPTED,
            Account.status == AccountStatus.ACTIVE,
        )
        .order_by(Proposal.id.desc())
    )
    return [Reader(*row) for row in db.execute(query)]


def _languages(
    db: Session, model: type[CoachLanguage] | type[StudentLanguage], account_id: int
) -> list[tuple[str, LanguageLevel]]:
    query = (
        select(model.language, model.level)
        .where(model.account_id == account_id, model.removed_at.is_(None))
        .order_by(model.position, model.id)
    )
    return [(language, level) for language, level in db.execute(query)]
