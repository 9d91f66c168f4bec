"""What a student wants to learn, its skills and questions. A draft may be incomplete."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.moves import Moves
from db.models.search_columns import RequestSearchColumns
from db.models.skills import LanguageLevel, Level, Skill
from db.types import Id, Json


class Format(StrEnum):
    FEW_SESSIONS = "few_sessions"
    ONGOING = "ongoing"


class CloseReason(StrEnum):
    FOUND_ELSEWHERE = "found_elsewhere"
    NOT_NEEDED = "not_needed"
    TOO_EXPENSIVE = "too_expensive"
    NO_GOOD_MATCH = "no_good_match"
    OTHER = "other"


class RequestStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    FILLED = "filled"
    CLOSED = "closed"
    EXPIRED = "expired"
    REMOVED = "removed"


RUNNING = (RequestStatus.OPEN, RequestStatus.PAUSED)

_ENDS = frozenset(
    {RequestStatus.FILLED, RequestStatus.CLOSED, RequestStatus.EXPIRED, RequestStatus.REMOVED}
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS_OF_THE_DAY = ("morning", "afternoon", "evening")
TIMES = tuple(f"{weekday}_{part}" for weekday in WEEKDAYS for part in PARTS_OF_THE_DAY)

MOVES: Moves[RequestStatus] = {
    RequestStatus.DRAFT: frozenset({RequestStatus.OPEN}),
    RequestStatus.OPEN: _ENDS | {RequestStatus.PAUSED},
    RequestStatus.PAUSED: _ENDS | {RequestStatus.OPEN},
    RequestStatus.FILLED: frozenset({RequestStatus.REMOVED}),
    RequestStatus.CLOSED: frozenset({RequestStatus.REMOVED}),
    RequestStatus.EXPIRED: frozenset({RequestStatus.REMOVED}),
    RequestStatus.REMOVED: frozenset(),
}


def status_at(status: RequestStatus, expires_at: datetime | None, at: datetime) -> RequestStatus:
    """How a request stands at this moment, even if the sweeper is late to expire it."""
    is_over = status in RUNNING and expires_at is not None and expires_at <= at
    return RequestStatus.EXPIRED if is_over else status


class LearningRequest(RequestSearchColumns, Base):
    __tablename__ = "learning_requests"
    __table_args__ = (
        Index(None, "student_id", "status"),
        # All that is looked at of the newest hundreds, which every list counts.
        Index("ix_requests_counted", "status", "posting", "expires_at", "student_id", "language"),
        Index(None, "status", "expires_at", "posting"),
        Index(None, "status", "currency", "budget_top", "posting"),
        # A deleted draft must not leave its number, and its history, to somebody else.
        {"sqlite_autoincrement": True},
    )
    moves: ClassVar[Moves[RequestStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    title: Mapped[str] = mapped_column(String(120), default="")
    description: Mapped[str] = mapped_column(String(5000), default="")
    level: Mapped[Level | None]
    format: Mapped[Format | None]
    language: Mapped[str | None] = mapped_column(String(8))
    language_level: Mapped[LanguageLevel | None]
    budget_from: Mapped[int | None] = mapped_column(Id)
    budget_to: Mapped[int | None] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    sessions: Mapped[int | None]
    times: Mapped[list[str]] = mapped_column(Json, default=list)
    status: Mapped[RequestStatus] = mapped_column(default=RequestStatus.DRAFT)
    close_reason: Mapped[CloseReason | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]  # its student was told that it runs out; renewing forgets it
    ended_at: Mapped[datetime | None]

    student: Mapped[Account] = relationship(lazy="raise")
    request_skills: Mapped[list["RequestSkill"]] = relationship(
        order_by="RequestSkill.position", cascade="all, delete-orphan", lazy="raise"
    )
    questions: Mapped[list["ScreeningQuestion"]] = relationship(
        order_by="ScreeningQuestion.position", cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def is_draft(self) -> bool:
        return self.status == RequestStatus.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status == RequestStatus.OPEN

    def is_open_at(self, now: datetime) -> bool:
        """Whether coaches may still answer, even if the sweeper is late to expire it."""
        return status_at(self.status, self.expires_at, now) is RequestStatus.OPEN

    def runs_at(self, now: datetime) -> bool:
        """Whether it is open or paused, and has not run out."""
        return status_at(self.status, self.expires_at, now) in RUNNING


class RequestSkill(Base):
    __tablename__ = "learning_request_skills"

    request_id: Mapped[int] = mapped_column(
        ForeignKey(LearningRequest.id, ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[int] = mapped_column(ForeignKey(Skill.id), primary_key=True, index=True)
    position: Mapped[int]

    skill: Mapped[Skill] = relationship(lazy="raise")


class ScreeningQuestion(Base):
    __tablename__ = "screening_questions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey(LearningRequest.id, ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(250))
    retired_at: Mapped[datetime | None]  # no longer asked; what was answered stays readable
