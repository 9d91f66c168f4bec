"""The two sides of a person. Gaining one never touches the other."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.moves import Moves
from db.models.skills import LanguageLevel, Skill, SkillLevel
from db.types import Id


class CoachStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


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
    created_at: Mapped[datetime]

    account: Mapped[Account] = relationship(back_populates="student_profile", lazy="raise")
    languages: Mapped[list["StudentLanguage"]] = relationship(
        order_by="StudentLanguage.id", cascade="all, delete-orphan", lazy="raise"
    )


class CoachProfile(Base):
    __tablename__ = "coach_profiles"
    __table_args__ = (Index(None, "status", "approved_at", "account_id"),)
    moves: ClassVar[Moves[CoachStatus]] = COACH_MOVES

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id), primary_key=True, autoincrement=False
    )
    handle: Mapped[str] = mapped_column(String(60), unique=True)
    status: Mapped[CoachStatus] = mapped_column(default=CoachStatus.DRAFT)
    headline: Mapped[str] = mapped_column(String(80), default="")
    bio: Mapped[str] = mapped_column(String(5000), default="")
    rate: Mapped[int | None] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(back_populates="coach_profile", lazy="raise")
    languages: Mapped[list["CoachLanguage"]] = relationship(
        order_by="CoachLanguage.id", cascade="all, delete-orphan", lazy="raise"
    )
    coach_skills: Mapped[list["CoachSkill"]] = relationship(
        order_by="CoachSkill.position", cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def is_approved(self) -> bool:
        return self.status == CoachStatus.APPROVED


class StudentLanguage(Base):
    __tablename__ = "student_languages"
    __table_args__ = (UniqueConstraint("account_id", "language"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey(StudentProfile.account_id, ondelete="CASCADE")
    )
    language: Mapped[str] = mapped_column(String(8))
    level: Mapped[LanguageLevel]


class CoachLanguage(Base):
    __tablename__ = "coach_languages"
    __table_args__ = (UniqueConstraint("account_id", "language"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(CoachProfile.account_id, ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    level: Mapped[LanguageLevel]


class CoachSkill(Base):
    __tablename__ = "coach_skills"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[int] = mapped_column(ForeignKey(Skill.id), primary_key=True, index=True)
    level: Mapped[SkillLevel] = mapped_column(default=SkillLevel.ANY)
    position: Mapped[int]

    skill: Mapped[Skill] = relationship(lazy="raise")
