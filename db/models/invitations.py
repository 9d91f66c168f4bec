"""A student asks a coach for a proposal to one of their requests: once a coach and request."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.moves import Moves
from db.types import Id


class InvitationStatus(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"  # the coach has sent a proposal
    DECLINED = "declined"  # by the coach
    WITHDRAWN = "withdrawn"  # by the student
    EXPIRED = "expired"  # the request ended first


INVITATION_MOVES: Moves[InvitationStatus] = {
    InvitationStatus.OPEN: frozenset(
        {
            InvitationStatus.ANSWERED,
            InvitationStatus.DECLINED,
            InvitationStatus.WITHDRAWN,
            InvitationStatus.EXPIRED,
        }
    ),
    InvitationStatus.ANSWERED: frozenset(),
    InvitationStatus.DECLINED: frozenset(),
    InvitationStatus.WITHDRAWN: frozenset(),
    InvitationStatus.EXPIRED: frozenset(),
}


def invitation_status_at(
    status: InvitationStatus, wanted: RequestStatus, expires_at: datetime | None, at: datetime
) -> InvitationStatus:
    """How an invitation stands at this moment, even if nobody has ended it with its request."""
    is_over = status is InvitationStatus.OPEN and status_at(wanted, expires_at, at) not in RUNNING
    return InvitationStatus.EXPIRED if is_over else status


class Invitation(Base):
    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("request_id", "coach_id"),
        Index(None, "coach_id", "status", "id"),
    )
    moves: ClassVar[Moves[InvitationStatus]] = INVITATION_MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(LearningRequest.id, ondelete="CASCADE"))
    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    status: Mapped[InvitationStatus] = mapped_column(default=InvitationStatus.OPEN)
    text: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    learning_request: Mapped[LearningRequest] = relationship(lazy="raise")
