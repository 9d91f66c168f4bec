"""Deadlines of requests and proposals: which have come, and whom the end of one concerns."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.proposals import LIVE, Proposal
from db.queries.learning_requests import still_waits

WARNED_BEFORE = timedelta(days=5)  # its end
MOST = 500  # at one look


def ends_soon(status: RequestStatus, expires_at: datetime | None, at: datetime) -> bool:
    """Whether its student should hear that it runs out, or see so."""
    return (
        status_at(status, expires_at, at) in RUNNING
        and expires_at is not None
        and expires_at - at <= WARNED_BEFORE
    )


def ending(at: Any, soon: Any) -> ColumnElement[bool]:
    """`ends_soon` for the request in a query; `soon` is WARNED_BEFORE from then."""
    return and_(
        LearningRequest.status.in_(RUNNING),
        LearningRequest.expires_at > at,
        LearningRequest.expires_at <= soon,
    )


def proposers(db: Session, request_id: int, at: datetime) -> Sequence[Account]:
    """The coaches who wait for an answer to this request, as far as mail may go to them."""
    query = (
        select(Account)
        .join(Proposal, Proposal.coach_id == Account.id)
        .where(
            Proposal.request_id == request_id,
            still_waits(at),
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


def coach_of(db: Session, proposal: Proposal) -> Account:
    """Whose proposal it is."""
    return db.get_one(Account, proposal.coach_id)


# What is due: its numbers, to be looked through, then each of them, held.


def requests(db: Session, at: datetime) -> Sequence[int]:
    """Requests that have run out, the earliest first."""
    query = select(LearningRequest.id).where(*_run_out(at))
    return db.scalars(query.order_by(LearningRequest.expires_at).limit(MOST)).all()


def request(db: Session, number: int, at: datetime) -> LearningRequest | None:
    """This one, held; None when it has not run out, or somebody else holds it."""
    query = select(LearningRequest).where(LearningRequest.id == number, *_run_out(at))
    return db.scalars(query.with_for_update(skip_locked=True)).one_or_none()


def proposals(db: Session, at: datetime) -> Sequence[int]:
    """Proposals that nobody has answered in time, though their requests stand."""
    query = select(Proposal.id).where(*_unanswered(at))
    return db.scalars(query.order_by(Proposal.expires_at).limit(MOST)).all()


def proposal(db: Session, number: int, at: datetime) -> tuple[LearningRequest, Proposal] | None:
    """This one, held behind its request."""
    of = select(Proposal.request_id).where(Proposal.id == number).scalar_subquery()
    held = select(LearningRequest).where(LearningRequest.id == of)
    wanted = db.scalars(held.with_for_update(skip_locked=True)).one_or_none()
    query = select(Proposal).where(Proposal.id == number, *_unanswered(at)).with_for_update()
    found = wanted and db.scalars(query).one_or_none()
    return (wanted, found) if wanted and found else None


def warnings(db: Session, at: datetime) -> Sequence[int]:
    """Requests that run out soon, of which their students have not heard."""
    query = select(LearningRequest.id).where(*_to_warn(at))
    return db.scalars(query.order_by(LearningRequest.expires_at).limit(MOST)).all()


def warning(db: Session, number: int, at: datetime) -> tuple[LearningRequest, Account] | None:
    """This one, held, and whom to tell."""
    query = (
        select(LearningRequest, Account)
        .join(Account, Account.id == LearningRequest.student_id)
        .where(LearningRequest.id == number, *_to_warn(at))
        .with_for_update(of=LearningRequest, skip_locked=True)
    )
    row = db.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def _run_out(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return LearningRequest.status.in_(RUNNING), LearningRequest.expires_at <= at


def _unanswered(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Proposal.status.in_(LIVE), Proposal.expires_at <= at


def _to_warn(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return ending(at, at + WARNED_BEFORE), LearningRequest.warned_at.is_(None)
