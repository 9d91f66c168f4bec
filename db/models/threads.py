"""One conversation per pair of a student side and a coach side; it stores which is which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account, Side
from db.models.proposals import Proposal
from db.types import Id


class Thread(Base):
    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("student_id", "coach_id"),
        CheckConstraint("student_id != coach_id", name="two_people"),
        Index(None, "student_id", "last_message_at"),
        Index(None, "coach_id", "last_message_at"),
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
    student_wrote_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]  # the student asked this coach for a proposal
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id))
    created_at: Mapped[datetime]

    student: Mapped[Account] = relationship(foreign_keys=[student_id], lazy="raise")
    coach: Mapped[Account] = relationship(foreign_keys=[coach_id], lazy="raise")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise")

    def side_of(self, account_id: int) -> Side:
        """The side that one of the two has in this thread."""
        return Side.STUDENT if account_id == self.student_id else Side.COACH

    def read_by(self, account_id: int) -> int:
        """How far one of the two has read."""
        return self.student_read if account_id == self.student_id else self.coach_read

    def read_by_other(self, account_id: int) -> int:
        """How far the other one has read."""
        return self.coach_read if account_id == self.student_id else self.student_read
