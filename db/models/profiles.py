"""The two sides of a person. Gaining one never touches the other."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.moves import Moves
from db.models.pictures import Picture
from db.models.search_columns import CoachSearchColumns
from db.models.skills import Skill, SkillLevel
from db.types import Id, Json


class CoachStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


class CoachGoal(StrEnum):
    """What coaching should be for the coach."""

    MAIN_INCOME = "main_income"
    SIDE_INCOME = "side_income"
    NO_SPECIFIC_GOAL = "no_specific_goal"


COACH_MOVES: Moves[CoachStatus] = {
    CoachStatus.DRAFT: frozenset({CoachStatus.SUBMITTED}),
    CoachStatus.SUBMITTED: frozenset(
        {CoachStatus.APPROVED, CoachStatus.CHANGES_REQUESTED, CoachStatus.REJECTED}
    ),
    CoachStatus.CHANGES_REQUESTED: frozenset({CoachStatus.SUBMITTED}),
    CoachStatus.APPROVED: frozenset({CoachStatus.SUSPENDED}),
    CoachStatus.SUSPENDED: frozenset({CoachStatus.APPROVED}),
    CoachStatus.REJECTED: frozenset(),
}


class StudentProfile(Base):
    __tablename__ = "student_profiles"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    bio: Mapped[str] = mapped_column(String(1000), default="")
    goal: Mapped[str] = mapped_column(String(300), default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey(Picture.id), index=True)
    created_at: Mapped[datetime]

    account: Mapped[Account] = relationship(back_populates="student_profile", lazy="raise")

    @property
    def id(self) -> int:
        """The number of its account, by which history names it."""
        return self.account_id


class StudentSkill(Base):
    """What a student would like to learn."""

    __tablename__ = "student_skills"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(StudentProfile.account_id, ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[int] = mapped_column(ForeignKey(Skill.id), primary_key=True, index=True)
    position: Mapped[int]


class CoachProfile(CoachSearchColumns, Base):
    """`birth_date` and `phone` are never shown to anybody but the coach.

    `claimed_*`: the member of staff who reads the application until then. `to_look_at`: what an
    approved coach has changed since staff last looked (name, headline, picture).
    """

    __tablename__ = "coach_profiles"
    __table_args__ = (
        Index(None, "status", "approved_at", "account_id"),
        Index(None, "status", "submitted_at", "account_id"),
        Index(None, "status", "listing"),
        Index(None, "status", "currency", "rate", "listing"),
        Index(None, "status", "rating", "review_count", "listing"),
    )
    moves: ClassVar[Moves[CoachStatus]] = COACH_MOVES

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    handle: Mapped[str] = mapped_column(String(60), unique=True)
    status: Mapped[CoachStatus] = mapped_column(default=CoachStatus.DRAFT)
    goal: Mapped[CoachGoal | None]
    headline: Mapped[str] = mapped_column(String(80), default="")
    bio: Mapped[str] = mapped_column(String(5000), default="")
    birth_date: Mapped[date | None]
    phone: Mapped[str] = mapped_column(String(16), default="")
    rate: Mapped[int | None] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey(Picture.id), index=True)
    hidden_from_search_engines: Mapped[bool] = mapped_column(default=False)
    guidelines_accepted_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    claimed_until: Mapped[datetime | None]
    to_look_at: Mapped[list[str] | None] = mapped_column(Json)
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(
        back_populates="coach_profile", lazy="raise", foreign_keys=[account_id]
    )

    @property
    def id(self) -> int:
        """The number of its account, by which history names it."""
        return self.account_id

    @property
    def is_approved(self) -> bool:
        return self.status == CoachStatus.APPROVED


class CoachSkill(Base):
    """What a coach teaches, and to whom."""

    __tablename__ = "coach_skills"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[int] = mapped_column(ForeignKey(Skill.id), primary_key=True, index=True)
    level: Mapped[SkillLevel] = mapped_column(default=SkillLevel.ANY)
    position: Mapped[int]

    skill: Mapped[Skill] = relationship(lazy="raise")
