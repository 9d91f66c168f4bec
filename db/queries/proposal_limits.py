"""What a coach's new proposal is counted against, and the invitation it answers."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.proposals import LIVE, Proposal
from db.queries.proposals import standing


def open_invitation(db: Session, coach_id: int, request_id: int) -> Invitation | None:
    """The student's invitation of this coach, if it waits for an answer; held."""
    query = select(Invitation).where(
        Invitation.coach_id == coach_id,
        Invitation.request_id == request_id,
        Invitation.status == InvitationStatus.OPEN,
    )
    return db.scalars(query.with_for_update()).one_or_none()


def waiting_count(db: Session, coach_id: int, *, at: datetime) -> int:
    """How many answers this coach is waiting for."""
    query = select(func.count()).select_from(Proposal).join(LearningRequest)
    return db.scalars(query.where(Proposal.coach_id == coach_id, standing(at).in_(LIVE))).one()


def sent_between(db: Session, coach_id: int, since: datetime, at: datetime) -> list[datetime]:
    """When this coach sent proposals between two instants, the oldest first."""
    query = select(Proposal.submitted_at).where(
        Proposal.coach_id == coach_id, Proposal.submitted_at > since, Proposal.submitted_at <= at
    )
    return [sent_at for sent_at in db.scalars(query.order_by(Proposal.submitted_at)) if sent_at]
