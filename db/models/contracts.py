"""What two people agreed on: the terms of the proposal that was accepted, which never change."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account, Side
from db.models.learning_requests import LearningRequest
from db.models.moves import Moves
from db.models.proposals import Proposal
from db.types import Id


class ContractStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"


RUNNING_CONTRACTS = (ContractStatus.ACTIVE, ContractStatus.PAUSED)

MOVES: Moves[ContractStatus] = {
    ContractStatus.ACTIVE: frozenset(
        {ContractStatus.PAUSED, ContractStatus.COMPLETED, ContractStatus.ENDED_EARLY}
    ),
    # A session agreed on before the pause may be the last one, and may take place.
    ContractStatus.PAUSED: frozenset(
        {ContractStatus.ACTIVE, ContractStatus.COMPLETED, ContractStatus.ENDED_EARLY}
    ),
    ContractStatus.COMPLETED: frozenset(),
    ContractStatus.ENDED_EARLY: frozenset(),
}


def _untold(mark: str) -> Index:
    condition = text(f"{mark} IS NULL AND ended_at IS NOT NULL")
    return Index(
        f"ix_contracts_{mark}", "ended_at", sqlite_where=condition, postgresql_where=condition
    )


class Contract(Base):
    """`price` is minor units a session, `fee` basis points of it, `minutes` those of a session."""

    __tablename__ = "contracts"
    __table_args__ = (
        Index(None, "student_id", "status"),
        Index(None, "coach_id", "status"),
        Index(None, "student_id", "id"),
        Index(None, "coach_id", "id"),
        _untold("review_invited_at"),
        _untold("review_reminded_at"),
    )
    moves: ClassVar[Moves[ContractStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(LearningRequest.id), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), unique=True)
    proposal_version: Mapped[int]
    student_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    status: Mapped[ContractStatus] = mapped_column(default=ContractStatus.ACTIVE)
    sessions: Mapped[int]
    minutes: Mapped[int]
    price: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3))
    fee: Mapped[int]
    cancellation_hours: Mapped[int]
    created_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    paused_by: Mapped[Side | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[Side | None]  # who ended it early
    end_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    review_invited_at: Mapped[datetime | None]  # the two were told that they can review it
    review_reminded_at: Mapped[datetime | None]

    learning_request: Mapped[LearningRequest] = relationship(lazy="raise")
    student: Mapped[Account] = relationship(foreign_keys=[student_id], lazy="raise")
    coach: Mapped[Account] = relationship(foreign_keys=[coach_id], lazy="raise")

    @property
    def number(self) -> str:
        """What the two call it: C-2041."""
        return f"C-{self.id}"

    @property
    def is_running(self) -> bool:
        """It has not ended; it may be paused."""
        return self.status in RUNNING_CONTRACTS

    @property
    def total(self) -> int:
        return self.price * self.sessions

    @property
    def parties(self) -> tuple[int, int]:
        """Student and coach."""
        return self.student_id, self.coach_id

    def side_of(self, account_id: int) -> Side:
        """The side that one of the two has in this contract."""
        return Side.STUDENT if account_id == self.student_id else Side.COACH

    def other_of(self, account_id: int) -> int:
        """The person across from one of the two."""
        return self.coach_id if account_id == self.student_id else self.student_id
