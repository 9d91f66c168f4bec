"""Whom the end of a request concerns: the coaches who wait, those who were asked to come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RUNNING, RequestStatus, status_at
from db.models.proposals import LIVE, Proposal

WARNED_BEFORE = timedelta(days=5)  # its end


def ends_soon(status: RequestStatus, expires_at: datetime | None, at: datetime) -> bool:
    """Whether its student should hear that it runs out, or see so."""
    return (
        status_at(status, expires_at, at) in RUNNING
        and expires_at is not None
        and expires_at - at <= WARNED_BEFORE
    )


def proposers(db: Session, request_id: int) -> Sequence[Account]:
    """The coaches who wait for an answer to this request, as far as mail may go to them."""
    query = (
        select(Account)
        .join(Proposal, Proposal.coach_id == Account.id)
        .where(
            Proposal.request_id == request_id,
            Proposal.status.in_(LIVE),
            Account.status == AccountStatus.ACTIVE,
        )
        .order_by(Proposal.id)
    )
    return db.scalars(query).all()


def open_invitations(db: Session, request_id: int) -> Sequence[Invitation]:
    """Those who were asked for a proposal and have not said anything yet, held."""
    query = select(Invitation).where(
        Invitation.request_id == request_id, Invitation.status == InvitationStatus.OPEN
    )
    return db.scalars(query.order_by(Invitation.id).with_for_update()).all()
