"""One conversation per pair of a student side and a coach side; it stores which is which."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    exists,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account, Side
from db.models.blocks import Block
from db.models.proposals import Proposal
from db.types import Id


def _unread(side: str) -> Index:
    """So that what is unread is counted without a look at what was read."""
    condition = text(f"{side}_read < last_number")
    name = f"ix_threads_{side}_unread"
    return Index(name, f"{side}_id", sqlite_where=condition, postgresql_where=condition)


def _waiting(side: str) -> Index:
    condition = text(f"{side}_waits_at IS NOT NULL")
    name = f"ix_threads_{side}_waits_at"
    return Index(name, f"{side}_waits_at", sqlite_where=condition, postgresql_where=condition)


class Thread(Base):
    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("student_id", "coach_id"),
        CheckConstraint("student_id != coach_id", name="two_people"),
        Index(None, "student_id", "last_message_at"),
        Index(None, "coach_id", "last_message_at"),
        _unread("student"),
        _unread("coach"),
        _waiting("student"),
        _waiting("coach"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    student_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    last_number: Mapped[int] = mapped_column(default=0)
    last_message_at: Mapped[datetime | None]
    last_text: Mapped[str] = mapped_column(String(200), default="")
    last_sender_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    student_read: Mapped[int] = mapped_column(default=0)
    coach_read: Mapped[int] = mapped_column(default=0)
    # When the first unread message is told of; None while nothing is unread, and once it was told.
    student_waits_at: Mapped[datetime | None]
    coach_waits_at: Mapped[datetime | None]
    hidden: Mapped[int] = mapped_column(default=0, server_default="0")  # messages, by staff
    student_wrote_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]  # the student asked this coach for a proposal
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id))
    created_at: Mapped[datetime]

    # Read with every thread, since whoever may write in it depends on it.
    is_blocked: Mapped[bool] = column_property(
        exists()
        .where(
            or_(
                and_(Block.blocker_id == student_id, Block.blocked_id == coach_id),
                and_(Block.blocker_id == coach_id, Block.blocked_id == student_id),
            )
        )
        .correlate_except(Block)
    )

    student: Mapped[Account] = relationship(foreign_keys=[student_id], lazy="raise")
    coach: Mapped[Account] = relationship(foreign_keys=[coach_id], lazy="raise")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise")

    def side_of(self, account_id: int) -> Side:
        """The side that one of the two has in this thread."""
        return Side.STUDENT if account_id == self.student_id else Side.COACH

    def other_of(self, account_id: int) -> int:
        """The person across from one of the two."""
        return self.coach_id if account_id == self.student_id else self.student_id

    def read_by(self, account_id: int) -> int:
        """How far one of the two has read."""
        return self.student_read if account_id == self.student_id else self.coach_read

    def read_by_other(self, account_id: int) -> int:
        """How far the other one has read."""
        return self.coach_read if account_id == self.student_id else self.student_read
