"""Sending a proposal, and taking it back."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.clock import now
from app.errors import Refused, TooMany, WrongState
from app.events import record
from app.forms.form import WHOLE_FORM
from app.forms.proposals import ProposalForm
from db.models.accounts import Side
from db.models.learning_requests import LearningRequest
from db.models.moves import move
from db.models.proposals import ANSWERED_WITHIN, Proposal, ProposalAnswer, ProposalStatus
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


def withdraw_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> None:
    """Take one's own proposal back before it is answered."""
    end_proposal(db, proposal, ProposalStatus.WITHDRAWN, by=by, side=Side.COACH)


def end_proposal(
    db: Session,
    proposal: Proposal,
    to: ProposalStatus,
    *,
    by: Viewer | None,
    side: Side | None,
    **detail: str,
) -> None:
    """Bring a proposal to one of its ends, whoever did it."""
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
