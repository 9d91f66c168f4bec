"""A coach's answer to a learning request: one live per coach, one accepted per request."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest, ScreeningQuestion
from db.models.moves import Moves
from db.types import Id, Json


class ProposalStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NOT_SELECTED = "not_selected"
    EXPIRED = "expired"


class DeclineReason(StrEnum):
    PRICE = "price"
    SCHEDULE = "schedule"
    EXPERIENCE = "experience"
    LANGUAGE = "language"
    CHOSE_SOMEONE_ELSE = "chose_someone_else"
    REQUEST_CHANGED = "request_changed"
    OTHER = "other"


ANSWERED_WITHIN = timedelta(days=30)  # after that, no answer is the answer

LIVE = (ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED)


def waits_at(status: ProposalStatus, expires_at: datetime | None, at: datetime) -> bool:
    """Whether a proposal that stands so is unanswered, and its own days are not over."""
    return status in LIVE and (expires_at is None or expires_at > at)


_ANSWERS = frozenset(ProposalStatus) - {ProposalStatus.DRAFT, *LIVE}

MOVES: Moves[ProposalStatus] = {
    ProposalStatus.DRAFT: frozenset({ProposalStatus.SUBMITTED}),
    ProposalStatus.SUBMITTED: _ANSWERS | {ProposalStatus.SHORTLISTED},
    ProposalStatus.SHORTLISTED: _ANSWERS | {ProposalStatus.SUBMITTED},
    # The student may change their mind about a refusal; the action knows for how long.
    ProposalStatus.DECLINED: frozenset({ProposalStatus.SUBMITTED}),
    ProposalStatus.ACCEPTED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
    ProposalStatus.NOT_SELECTED: frozenset(),
    ProposalStatus.EXPIRED: frozenset(),
}

_ONE_EACH = text("status IN ('draft', 'submitted', 'shortlisted', 'accepted')")
_CHOSEN = text("status = 'accepted'")


class Proposal(Base):
    __tablename__ = "proposals"
    __table_args__ = (
        Index(
            "ux_proposals_one_live_each", "request_id", "coach_id", unique=True,
            sqlite_where=_ONE_EACH, postgresql_where=_ONE_EACH,
        ),
        Index(
            "ux_proposals_one_accepted", "request_id", unique=True,
            sqlite_where=_CHOSEN, postgresql_where=_CHOSEN,
        ),
        Index(None, "request_id", "status"),
        Index(None, "coach_id", "status", "id"),
        Index(None, "status", "expires_at"),
        # A deleted draft must not leave its number, and its history, to somebody else.
        {"sqlite_autoincrement": True},
    )  # fmt: skip
    moves: ClassVar[Moves[ProposalStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(LearningRequest.id))
    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    status: Mapped[ProposalStatus] = mapped_column(default=ProposalStatus.DRAFT)
    message: Mapped[str] = mapped_column(String(5000))
    sessions: Mapped[int]
    minutes: Mapped[int]
    price: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    cancellation_hours: Mapped[int] = mapped_column(default=12, server_default="12")
    earliest: Mapped[date | None]
    links: Mapped[list[str]] = mapped_column(Json, default=list)
    version: Mapped[int] = mapped_column(default=1)
    seen_version: Mapped[int] = mapped_column(default=0)  # the newest its student has looked at
    typed: Mapped[dict[str, list[str]] | None] = mapped_column(Json)  # a draft, as it was typed
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]  # when the words of this version were written
    expires_at: Mapped[datetime | None]
    first_viewed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    decline_reason: Mapped[DeclineReason | None]

    learning_request: Mapped[LearningRequest] = relationship(lazy="raise")
    coach: Mapped[Account] = relationship(lazy="raise")
    answers: Mapped[list["ProposalAnswer"]] = relationship(
        cascade="all, delete-orphan", lazy="raise"
    )

    @property
    def is_pending(self) -> bool:
        return self.status in LIVE

    def waits_at(self, at: datetime) -> bool:
        """Whether it can be answered, even if the sweeper is late to expire it."""
        return waits_at(self.status, self.expires_at, at)

    @property
    def is_accepted(self) -> bool:
        return self.status == ProposalStatus.ACCEPTED

    @property
    def total(self) -> int:
        return self.price * self.sessions


class ProposalAnswer(Base):
    __tablename__ = "proposal_answers"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey(Proposal.id, ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(
        ForeignKey(ScreeningQuestion.id), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(String(1000))

    question: Mapped[ScreeningQuestion] = relationship(lazy="raise")
