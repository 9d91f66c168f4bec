"""What one person tells staff of another, with a copy of it as it was, and what staff decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.moves import Moves
from db.models.threads import Thread
from db.types import Id, Json


class ReportReason(StrEnum):
    SPAM = "spam"
    PAYMENT_OUTSIDE = "payment_outside"
    RUDE = "rude"
    NOT_WHO_THEY_SAY = "not_who_they_say"
    SOMETHING_ELSE = "something_else"


class ReportStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class ReportOutcome(StrEnum):
    NOTHING = "nothing"
    WARNED = "warned"
    HIDDEN = "hidden"  # a message, from both
    SUSPENDED = "suspended"


REPORT_MOVES: Moves[ReportStatus] = {
    ReportStatus.OPEN: frozenset({ReportStatus.CLOSED}),
    ReportStatus.CLOSED: frozenset(),
}


class Report(Base):
    """About a thread's other person; one open at a time for each thread and reporter."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "uq_reports_open",
            "thread_id",
            "reporter_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(None, "status", "id"),
        Index(None, "reporter_id", "created_at"),
        Index(None, "reported_id", "id"),
    )
    moves: ClassVar[Moves[ReportStatus]] = REPORT_MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    reporter_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    reported_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    reason: Mapped[ReportReason]
    text: Mapped[str] = mapped_column(String(2000), default="")
    # As it was when it was reported: [{"number", "is_reporter", "text", "sent_at"}], oldest first.
    copy: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    status: Mapped[ReportStatus] = mapped_column(default=ReportStatus.OPEN)
    outcome: Mapped[ReportOutcome | None]
    decision: Mapped[str] = mapped_column(String(2000), default="")  # what the reported is told
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    thread: Mapped[Thread] = relationship(lazy="raise")
    reporter: Mapped[Account] = relationship(foreign_keys=[reporter_id], lazy="raise")
    reported: Mapped[Account] = relationship(foreign_keys=[reported_id], lazy="raise")
