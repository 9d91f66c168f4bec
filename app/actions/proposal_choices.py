"""What the student of a request answers to its proposals, and what the end of it does to them."""

from sqlalchemy.orm import Session

from app.actions.proposals import end_proposal
from app.actions.threads import open_thread
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.proposal_choices import DeclineForm
from db.models.accounts import Side
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.moves import move
from db.models.proposals import Proposal, ProposalStatus
from db.models.threads import Thread
from db.queries import profiles, proposals
from db.queries.viewers import Viewer


def accept_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> Thread:
    """Choose this coach: the request is filled, the others are not selected, a thread is open."""
    wanted = proposal.learning_request
    to = f"/requests/{wanted.id}/proposals"
    if status_at(wanted.status, wanted.expires_at, now()) not in RUNNING:
        raise WrongState("This request has ended.", to=to)
    if not profiles.coach_is_here(db, proposal.coach_id):
        raise WrongState("This coach is not available at the moment.", to=to)
    end_proposal(db, proposal, ProposalStatus.ACCEPTED, by=by, side=Side.STUDENT)
    before = wanted.status
    move(wanted, RequestStatus.FILLED)
    wanted.ended_at = now()
    record(
        db,
        "request.filled",
        by=by,
        side=Side.STUDENT,
        subject=wanted,
        before=before,
        after=RequestStatus.FILLED,
        proposal=proposal.id,
    )
    for other in proposals.waiting_on(db, wanted.id):
        end_proposal(db, other, ProposalStatus.NOT_SELECTED, by=by, side=Side.STUDENT)
    return open_thread(
        db, student_id=wanted.student_id, coach_id=proposal.coach_id, proposal=proposal
    )


def decline_proposal(db: Session, proposal: Proposal, form: DeclineForm, *, by: Viewer) -> None:
    """Say no to this coach, with a reason the coach can read."""
    proposal.decline_reason = form.reason
    end_proposal(
        db, proposal, ProposalStatus.DECLINED, by=by, side=Side.STUDENT, reason=str(form.reason)
    )


def expire_proposals(db: Session, wanted: LearningRequest, *, by: Viewer | None) -> None:
    """The request has ended without a choice: whoever still waits gets no answer."""
    for proposal in proposals.waiting_on(db, wanted.id):
        end_proposal(db, proposal, ProposalStatus.EXPIRED, by=by, side=Side.STUDENT if by else None)


def mark_viewed(db: Session, request_id: int, proposal_ids: list[int], by: Viewer) -> None:
    """Note when the student first saw these proposals to a request; their coaches are shown it."""
    for proposal in proposals.unseen(db, request_id, proposal_ids):
        proposal.first_viewed_at = now()
        record(db, "proposal.viewed", by=by, side=Side.STUDENT, subject=proposal)
