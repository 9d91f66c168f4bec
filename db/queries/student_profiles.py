"""Students' profiles: for themselves, for those whom matrix B names, and who those are."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.events import Event
from db.models.languages import StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, StudentProfile, StudentSkill
from db.models.proposals import Proposal, ProposalStatus
from db.models.skills import LanguageLevel, Skill
from db.queries.acquaintances import still_shows
from db.queries.people import KNOWN_FOR

LOOKED_AT = "student_profile.looked_at"
MOST_LOOKS = 20


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
    picture: str | None
    languages: list[tuple[str, LanguageLevel]]
    skills: list[str]

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
    since: datetime | None


class Look(msgspec.Struct, frozen=True):
    """A time somebody of our team looked at a student's profile, and why."""

    at: datetime
    reason: str


class Shared(msgspec.Struct, frozen=True):
    """An accepted proposal that a student and a coach share."""

    proposal_id: int
    title: str
    since: datetime | None


def find(db: Session, account_id: int) -> StudentPage:
    """The profile of a student, who has been found to be visible."""
    query = (
        select(
            Account.id, Account.first_name, Account.last_name, Account.country, Account.time_zone,
            Account.created_at, StudentProfile.bio, StudentProfile.goal, Picture.token,
        )
        .select_from(Account)
        .join(StudentProfile, StudentProfile.account_id == Account.id)
        .join(Picture, Picture.id == StudentProfile.picture_id, isouter=True)
        .where(Account.id == account_id)
    )  # fmt: skip
    lists = languages(db, account_id), skill_names(db, account_id)
    facts: list[Any] = [*db.execute(query).one(), *lists]
    return StudentPage(*facts)


def languages(db: Session, account_id: int) -> list[tuple[str, LanguageLevel]]:
    """What a student speaks, and how well."""
    query = (
        select(StudentLanguage.language, StudentLanguage.level)
        .where(StudentLanguage.account_id == account_id, StudentLanguage.removed_at.is_(None))
        .order_by(StudentLanguage.position, StudentLanguage.id)
    )
    return [(language, level) for language, level in db.execute(query)]


def number_of_languages(account_id: Any) -> Select[Any]:
    """How many languages a student has named, inside of another query."""
    named = (StudentLanguage.account_id == account_id, StudentLanguage.removed_at.is_(None))
    return select(func.count()).select_from(StudentLanguage).where(*named)


def skill_names(db: Session, account_id: int) -> list[str]:
    """What a student would like to learn."""
    query = select(Skill.name).join(StudentSkill).where(StudentSkill.account_id == account_id)
    return list(db.scalars(query.order_by(StudentSkill.position)))


# Who else sees it.


def meets(db: Session, account_id: int, condition: ColumnElement[bool]) -> bool:
    """Whether this student's profile meets a condition."""
    query = select(StudentProfile.account_id).where(StudentProfile.account_id == account_id)
    return db.scalars(query.where(condition)).first() is not None


def readers(db: Session, student_id: int, *, at: datetime) -> list[Reader]:
    """Who can read all of this student's profile, and why: the coaches they accepted."""
    query = (
        select(
            Account.first_name + " " + Account.last_name,
            CoachProfile.handle,
            Proposal.id,
            LearningRequest.title,
            Proposal.ended_at,
        )
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .join(Account, Account.id == Proposal.coach_id)
        .join(CoachProfile, CoachProfile.account_id == Proposal.coach_id)
        .where(
            LearningRequest.student_id == student_id,
            # Not the bare column: SQLite would walk along everybody's accepted proposals.
            func.coalesce(Proposal.status, None) == ProposalStatus.ACCEPTED,
            Account.status == AccountStatus.ACTIVE,
            still_shows(Proposal.id, ended_after=at - KNOWN_FOR),
        )
        .order_by(Proposal.id.desc())
    )
    return [Reader(*row) for row in db.execute(query)]


def shared(db: Session, student_id: int, coach_id: int) -> list[Shared]:
    """The proposals of this coach that this student accepted, the newest first."""
    query = (
        select(Proposal.id, LearningRequest.title, Proposal.ended_at)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .where(
            LearningRequest.student_id == student_id,
            Proposal.coach_id == coach_id,
            Proposal.status == ProposalStatus.ACCEPTED,
        )
        .order_by(Proposal.id.desc())
    )
    return [Shared(*row) for row in db.execute(query)]


def looks(db: Session, student_id: int) -> list[Look]:
    """When our team looked at a student's profile, and why; the latest first."""
    query = select(Event.at, Event.detail).where(*_looked_at(student_id))
    latest = query.order_by(Event.id.desc()).limit(MOST_LOOKS)
    return [Look(at, detail.get("reason", "")) for at, detail in db.execute(latest)]


def looked_at(db: Session, staff_id: int, student_id: int) -> datetime | None:
    """When this member of our team last said why they look at a student's profile."""
    query = select(Event.at).where(*_looked_at(student_id), Event.actor_id == staff_id)
    return db.scalars(query.order_by(Event.id.desc()).limit(1)).first()


def looked_at_by(staff_id: Any, *, since: Any) -> ColumnElement[bool]:
    """Whether this member of our team has said, since then, why they look at a profile."""
    return exists().where(
        *_looked_at(StudentProfile.account_id), Event.actor_id == staff_id, Event.at > since
    )


def _looked_at(student_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        Event.subject == LOOKED_AT.split(".", maxsplit=1)[0],
        Event.subject_id == student_id,
        Event.name == LOOKED_AT,
    )


# What the actions hold.


def held(db: Session, account_id: int) -> StudentProfile:
    """The profile, held until the transaction ends."""
    query = select(StudentProfile).where(StudentProfile.account_id == account_id)
    return db.scalars(query.with_for_update(key_share=True)).one()


def kept_skills(db: Session, account_id: int) -> list[StudentSkill]:
    """The places of a student's skills, in their order."""
    query = select(StudentSkill).where(StudentSkill.account_id == account_id)
    return list(db.scalars(query.order_by(StudentSkill.position)))
