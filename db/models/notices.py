"""What a person is told: a list of their own, and mails as they want them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account, Side
from db.models.threads import Thread
from db.types import Id, Json


class NoticeKind(StrEnum):
    """What a person decides about, as a whole; several notices share one."""

    MESSAGE = "message"  # one that stayed unread
    PROPOSAL = "proposal"  # came, or changed
    OUTCOME = "outcome"  # of a proposal of one's own
    INVITATION = "invitation"
    APPROVAL = "approval"  # of a coach profile
    REQUEST = "request"  # it runs out, ended or changed
    SESSION = "session"  # a time is offered, agreed on, moved, cancelled, near; how it went
    CONTRACT = "contract"  # it is paused, goes on, has ended; what was paid
    REVIEW = "review"  # can be written, was published, was replied to
    CONDUCT = "conduct"  # what staff decided; mailed whatever is set


class MailTiming(StrEnum):
    NOW = "now"
    BUNDLED = "bundled"  # once a day, with everything else that waits
    OFF = "off"


class Notice(Base):
    """One event, one person, once: `key` is the event's and the person's."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(None, "account_id", "id"),
        Index(
            "ix_notices_unread",
            "account_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notices_read_at",
            "read_at",
            sqlite_where=text("read_at IS NOT NULL"),
            postgresql_where=text("read_at IS NOT NULL"),
        ),
        Index(
            "ix_notices_mail_due_at",
            "mail_due_at",
            sqlite_where=text("mail_due_at IS NOT NULL"),
            postgresql_where=text("mail_due_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    kind: Mapped[NoticeKind]
    name: Mapped[str] = mapped_column(String(60))  # "proposal_received": its words, and its mail's
    side: Mapped[Side | None]  # of the person, for whom both are the same account
    path: Mapped[str] = mapped_column(String(200))  # the page it leads to
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey(Thread.id, ondelete="CASCADE"), index=True
    )  # reading the thread reads the notice
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_due_at: Mapped[datetime | None]  # with the next bundle


class NoticeSetting(Base):
    """How a person wants to be mailed about one kind; without a row, now."""

    __tablename__ = "notice_settings"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[NoticeKind] = mapped_column(primary_key=True)
    mail: Mapped[MailTiming]
