"""One timed meeting of a contract; how it can stand is in session_states.py."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.moves import Moves
from db.models.session_states import MOVES, SessionStatus, status_at
from db.types import Id


def _only(column: str, which: str) -> Index:
    condition = text(which)
    return Index(
        f"ix_learning_sessions_{column}",
        column,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _due(column: str, status: SessionStatus) -> Index:
    return _only(column, f"status = '{status}'")


class LearningSession(Base):
    """`starts_at` and what follows from it are set while a time is agreed on, and kept afterwards.

    While a new time is offered in place of an agreed one, both stand: `starts_at` is what holds.
    """

    __tablename__ = "learning_sessions"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        Index(None, "student_id", "starts_at"),
        Index(None, "coach_id", "starts_at"),
        Index(None, "student_id", "status"),
        Index(None, "coach_id", "status"),
        Index(None, "status", "reported_at"),
        _only("reported_at", "reported_at IS NOT NULL"),
        _due("answer_by", SessionStatus.PROPOSED),
        _due("ends_at", SessionStatus.SCHEDULED),
        _due("confirm_by", SessionStatus.ENDED),
    )
    moves: ClassVar[Moves[SessionStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey(Contract.id))
    number: Mapped[int]  # 1, 2, … within its contract
    student_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    status: Mapped[SessionStatus] = mapped_column(default=SessionStatus.UNSCHEDULED)
    # What holds.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    cancel_by: Mapped[datetime | None]  # until then without cost
    confirm_by: Mapped[datetime | None]
    # What is offered; `offer` counts the offers, so that an answer is to the one that was read.
    offer: Mapped[int] = mapped_column(default=0)
    offered_starts_at: Mapped[datetime | None]
    offered_by: Mapped[Side | None]
    offered_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    # Where, and what calendars know of it.
    link: Mapped[str | None] = mapped_column(String(500))
    sequence: Mapped[int] = mapped_column(default=0)  # rises with all that a calendar shows
    day_reminded_at: Mapped[datetime | None]  # a day before; none again once it is moved
    hour_reminded_at: Mapped[datetime | None]
    # How it ended.
    ended_at: Mapped[datetime | None]
    cancelled_by: Mapped[Side | None]
    cancel_reason: Mapped[str] = mapped_column(String(1000), default="")
    reported_by: Mapped[Side | None]
    report: Mapped[str] = mapped_column(String(2000), default="")
    reported_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(String(2000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    finished_at: Mapped[datetime | None]  # when it came into a state that nothing changes
    updated_at: Mapped[datetime]

    contract: Mapped[Contract] = relationship(lazy="raise")

    def status_at(self, at: datetime) -> SessionStatus:
        """How it stands, even if the clock's job is late."""
        return status_at(
            self.status,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            answer_by=self.answer_by,
            confirm_by=self.confirm_by,
            at=at,
        )

    def side_of(self, account_id: int) -> Side:
        """The side that one of the two has in it."""
        return Side.STUDENT if account_id == self.student_id else Side.COACH

    def other_of(self, account_id: int) -> int:
        """The person across from one of the two."""
        return self.coach_id if account_id == self.student_id else self.student_id
