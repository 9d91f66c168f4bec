"""The outbox: one row for each mail, written together with what it is about.

It holds no words of the mail and no link: those are made when it is delivered.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.models.mail_tokens import MailToken
from db.models.moves import Moves
from db.types import Id, Json


class MailStatus(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SET_ASIDE = "set_aside"  # tried as often as it may be; staff can send it again
    DROPPED = "dropped"  # nobody wanted it any more, or its link was called off, before it left


MOVES: Moves[MailStatus] = {
    MailStatus.WAITING: frozenset({MailStatus.SENDING, MailStatus.DROPPED}),
    MailStatus.SENDING: frozenset(
        {MailStatus.SENT, MailStatus.WAITING, MailStatus.SET_ASIDE, MailStatus.DROPPED}
    ),
    MailStatus.SET_ASIDE: frozenset({MailStatus.WAITING, MailStatus.DROPPED}),
    MailStatus.SENT: frozenset(),
    MailStatus.DROPPED: frozenset(),
}


class OutgoingMail(Base):
    __tablename__ = "outgoing_mail"
    __table_args__ = (Index(None, "status", "due_at"),)
    moves: ClassVar[Moves[MailStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)  # the event it tells of: told once
    template: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(254))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    mail_token_id: Mapped[int | None] = mapped_column(
        ForeignKey(MailToken.id, ondelete="SET NULL"), index=True
    )
    wants_link: Mapped[bool] = mapped_column(default=False)  # useless once its token is gone
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    status: Mapped[MailStatus] = mapped_column(default=MailStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]  # of the next try; while it is being sent, when the sender is given up
    handed_over_at: Mapped[datetime | None]  # from here on it may have arrived
    problem: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
