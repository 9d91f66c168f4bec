"""What the clock does to requests and proposals whose deadline has come. It is nobody's deed."""

from datetime import timedelta
from math import ceil

from sqlalchemy.orm import Session

from app.actions.proposals import end_proposal
from app.actions.request_deadlines import expire_invitations
from app.actions.search_entries import index_request
from app.clock import now
from app.events import record
from app.notify import learning_requests as tell
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.moves import move
from db.models.proposals import Proposal, ProposalStatus
from db.queries import proposals, request_deadlines

DAY = timedelta(days=1)


def expire_request(db: Session, wanted: LearningRequest) -> None:
    """Its time has run out: whoever waited for an answer is told that there is none."""
    was = wanted.status
    move(wanted, RequestStatus.EXPIRED)
    wanted.ended_at = wanted.updated_at = now()
    record(db, "request.expired", by=None, subject=wanted, before=was, after=wanted.status)
    for proposal in proposals.waiting_on(db, wanted.id):
        _end(db, wanted, proposal)
    expire_invitations(db, wanted)
    index_request(db, wanted)


def expire_proposal(db: Session, wanted: LearningRequest, proposal: Proposal) -> None:
    """Nobody has answered this proposal in time, though the request stands."""
    _end(db, wanted, proposal)
    index_request(db, wanted)


def warn_student(db: Session, wanted: LearningRequest, student: Account) -> None:
    """Tell the student that a request runs out, once for each deadline it has had."""
    at = now()
    wanted.warned_at = at
    event = record(db, "request.warned", by=None, subject=wanted)
    if wanted.expires_at:
        tell.request_expiring(db, wanted, student, event, ceil((wanted.expires_at - at) / DAY))


def _end(db: Session, wanted: LearningRequest, proposal: Proposal) -> None:
    event = end_proposal(db, proposal, ProposalStatus.EXPIRED, by=None, side=None)
    coach = request_deadlines.coach_of(db, proposal)
    tell.proposal_expired(db, wanted, coach, event, proposal)
