"""Sending a proposal, and the three answers to it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions.threads import open_thread
from app.clock import now
from app.errors import Refused, TooMany, WrongState
from app.events import record
from app.forms.form import WHOLE_FORM
from app.forms.proposals import DeclineForm, ProposalForm
from db.models.accounts import Side
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.moves import move
from db.models.proposals import ANSWERED_WITHIN, Proposal, ProposalAnswer, ProposalStatus
from db.models.threads import Thread
from db.queries import profiles, proposals
from db.queries.viewers import Viewer

# Limits instead of fees: they keep proposals few and meant.
MOST_WAITING = 20
MOST_A_DAY = 10
MOST_ON_A_REQUEST = 25
DAY = timedelta(days=1)


def submit_proposal(
    db: Session, wanted: LearningRequest, form: ProposalForm, *, by: Viewer
) -> Proposal:
    """Send a coach's proposal to an open request, within the limits."""
    if not wanted.is_open_at(now()):
        raise WrongState("This request is no longer open.", to=f"/requests/{wanted.id}")
    profiles.hold_coach(db, by.id)
    _check_first_or_once_more(db, wanted, by)
    _check_limits(db, wanted, by)
    proposal = Proposal(
        request_id=wanted.id,
        coach_id=by.id,
        status=ProposalStatus.SUBMITTED,
        message=form.message,
        sessions=form.sessions,
        minutes=form.minutes,
        price=form.price,
        currency=wanted.currency,
        earliest=form.earliest,
        links=form.links,
        created_at=now(),
        submitted_at=now(),
        updated_at=now(),
        expires_at=now() + ANSWERED_WITHIN,
        answers=[ProposalAnswer(question_id=key, text=text) for key, text in form.answer.items()],
    )
    db.add(proposal)
    record(
        db,
        "proposal.submitted",
        by=by,
        side=Side.COACH,
        subject=proposal,
        after=ProposalStatus.SUBMITTED,
    )
    return proposal


def accept_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> Thread:
    """Choose this coach: the request is filled, the others are not selected, a thread is open."""
    wanted = proposal.learning_request
    to = f"/requests/{wanted.id}/proposals"
    if status_at(wanted.status, wanted.expires_at, now()) not in RUNNING:
        raise WrongState("This request has ended.", to=to)
    if not profiles.coach_is_here(db, proposal.coach_id):
        raise WrongState("This coach is not available at the moment.", to=to)
    _answer(db, proposal, ProposalStatus.ACCEPTED, by=by, side=Side.STUDENT)
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
        _answer(db, other, ProposalStatus.NOT_SELECTED, by=by, side=Side.STUDENT)
    return open_thread(
        db, student_id=wanted.student_id, coach_id=proposal.coach_id, proposal=proposal
    )


def decline_proposal(db: Session, proposal: Proposal, form: DeclineForm, *, by: Viewer) -> None:
    """Say no to this coach, with a reason the coach can read."""
    proposal.decline_reason = form.reason
    _answer(
        db, proposal, ProposalStatus.DECLINED, by=by, side=Side.STUDENT, reason=str(form.reason)
    )


def withdraw_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> None:
    """Take one's own proposal back before it is answered."""
    _answer(db, proposal, ProposalStatus.WITHDRAWN, by=by, side=Side.COACH)


def expire_proposals(db: Session, wanted: LearningRequest, *, by: Viewer | None) -> None:
    """The request has ended without a choice: whoever still waits gets no answer."""
    for proposal in proposals.waiting_on(db, wanted.id):
        _answer(db, proposal, ProposalStatus.EXPIRED, by=by, side=Side.STUDENT if by else None)


def mark_viewed(db: Session, request_id: int, proposal_ids: list[int], by: Viewer) -> None:
    """Note when the student first saw these proposals to a request; their coaches are shown it."""
    for proposal in proposals.unseen(db, request_id, proposal_ids):
        proposal.first_viewed_at = now()
        record(db, "proposal.viewed", by=by, side=Side.STUDENT, subject=proposal)


def _answer(
    db: Session,
    proposal: Proposal,
    to: ProposalStatus,
    *,
    by: Viewer | None,
    side: Side | None,
    **detail: str,
) -> None:
    before = proposal.status
    move(proposal, to)
    proposal.ended_at = now()
    record(
        db,
        f"proposal.{to}",
        by=by,
        side=side,
        subject=proposal,
        before=before,
        after=to,
        **detail,
    )


def _check_first_or_once_more(db: Session, wanted: LearningRequest, by: Viewer) -> None:
    last = proposals.of_coach(db, by.id, wanted.id, at=now())
    if last is None or last.may_propose_again:
        return
    sentences = {
        ProposalStatus.DECLINED: "The student has said no to your proposal for this request.",
        ProposalStatus.WITHDRAWN: "You have taken back two proposals to this request already.",
    }
    sentence = sentences.get(last.status, "You have already sent a proposal to this request.")
    raise WrongState(sentence, to=f"/proposals/{last.id}")


def _check_limits(db: Session, wanted: LearningRequest, by: Viewer) -> None:
    if proposals.live_count(db, wanted.id) >= MOST_ON_A_REQUEST:
        raise WrongState(
            f"This request is full: {MOST_ON_A_REQUEST} coaches are waiting for an answer.",
            to=f"/requests/{wanted.id}",
        )
    if proposals.waiting_count(db, by.id, at=now()) >= MOST_WAITING:
        raise Refused(
            WHOLE_FORM,
            f"{MOST_WAITING} of your proposals are waiting for an answer. "
            "Take one back, or send this when one has been answered.",
        )
    sent = proposals.sent_since(db, by.id, now() - DAY)
    if len(sent) >= MOST_A_DAY:
        again = sent[-MOST_A_DAY] + DAY - now()
        raise TooMany(
            f"You have sent {MOST_A_DAY} proposals within a day. Send this one tomorrow.",
            seconds=max(1, int(again.total_seconds())),
        )
