"""Sending a proposal, and taking it back."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions.request_deadlines import end_invitation
from app.actions.search_entries import index_request, index_request_of
from app.clock import now
from app.errors import Refused, TooMany, WrongState
from app.events import record
from app.forms.form import WHOLE_FORM
from app.forms.proposals import WORDS, ProposalForm
from app.notify import proposals as tell
from db.models.accounts import Side
from db.models.events import Event
from db.models.invitations import InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.moves import move
from db.models.proposals import ANSWERED_WITHIN, Proposal, ProposalAnswer, ProposalStatus
from db.queries import blocks, profiles, proposal_drafts, proposal_limits, proposals
from db.queries.viewers import Viewer

# Limits instead of fees: they keep proposals few and meant.
MOST_WAITING = 20
MOST_A_DAY = 10
MOST_ON_A_REQUEST = 25
DAY = timedelta(days=1)


def submit_proposal(
    db: Session, wanted: LearningRequest, form: ProposalForm, *, by: Viewer
) -> Proposal:
    """Send a coach's proposal to an open request, within the limits; a draft becomes it."""
    student = proposal_drafts.reader(db, wanted.student_id)
    if student is None or not wanted.is_open_at(now()):
        raise WrongState("This request is no longer open.", to=f"/requests/{wanted.id}")
    profiles.hold_coach(db, by.id)
    if blocks.between(db, by.id, wanted.student_id):  # while this waited for the request
        raise WrongState("Proposals to this request cannot be sent at the moment.")
    check_first_or_once_more(db, wanted, by)
    _check_limits(db, wanted, by)
    offered = {wanted.currency, proposal_drafts.currency_of(db, by.id)}
    draft = proposal_drafts.held(db, by.id, wanted.id)
    proposal = draft or Proposal(request_id=wanted.id, coach_id=by.id, created_at=now())
    write_words(proposal, form, currency_in(form, offered, wanted.currency))
    proposal.typed = None
    proposal.submitted_at = proposal.updated_at
    proposal.expires_at = proposal.submitted_at + ANSWERED_WITHIN
    _put_before_the_student(db, proposal)
    write_answers(db, proposal, form)
    _answer_the_invitation(db, proposal, by)
    event = record(
        db,
        "proposal.submitted",
        by=by,
        side=Side.COACH,
        subject=proposal,
        before=ProposalStatus.DRAFT if draft else None,
        after=ProposalStatus.SUBMITTED,
    )
    index_request(db, wanted)
    tell.proposal_received(db, student, event, wanted, proposal, coach=by.name)
    return proposal


def withdraw_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> None:
    """Take one's own proposal back before it is answered."""
    end_proposal(db, proposal, ProposalStatus.WITHDRAWN, by=by, side=Side.COACH)
    index_request_of(db, proposal)


def currency_in(form: ProposalForm, offered: Collection[str | None], otherwise: str) -> str:
    """The currency that was chosen out of the request's and the coach's own. Raises Refused."""
    if form.currency and form.currency not in offered:
        raise Refused("currency", "Choose one of the currencies offered here.")
    return form.currency or otherwise


def write_words(proposal: Proposal, form: ProposalForm, currency: str) -> None:
    """Put what was written into a proposal; the answers have rows of their own."""
    for name in WORDS:
        setattr(proposal, name, getattr(form, name))
    proposal.currency = currency
    proposal.updated_at = now()


def write_answers(db: Session, proposal: Proposal, form: ProposalForm) -> None:
    """Put the answers beside it; those to questions no longer asked stay."""
    known = proposal_drafts.answers_of(db, proposal.id)
    for question_id, text in form.answer.items():
        if question_id in known:
            known[question_id].text = text
        else:
            db.add(ProposalAnswer(proposal_id=proposal.id, question_id=question_id, text=text))


def end_proposal(
    db: Session,
    proposal: Proposal,
    to: ProposalStatus,
    *,
    by: Viewer | None,
    side: Side | None,
    **detail: str,
) -> Event:
    """Bring a proposal to one of its ends, whoever did it."""
    before = proposal.status
    move(proposal, to)
    proposal.ended_at = now()
    return record(
        db,
        f"proposal.{to}",
        by=by,
        side=side,
        subject=proposal,
        before=before,
        after=to,
        **detail,
    )


def _put_before_the_student(db: Session, proposal: Proposal) -> None:
    if proposal in db:
        move(proposal, ProposalStatus.SUBMITTED)
        return
    proposal.status = ProposalStatus.SUBMITTED
    db.add(proposal)
    db.flush()


def _answer_the_invitation(db: Session, proposal: Proposal, by: Viewer) -> None:
    invitation = proposal_limits.open_invitation(db, proposal.coach_id, proposal.request_id)
    if invitation is None:
        return
    to = InvitationStatus.ANSWERED
    end_invitation(db, invitation, to, by=by, side=Side.COACH, proposal=proposal.id)


def check_first_or_once_more(db: Session, wanted: LearningRequest, by: Viewer) -> None:
    """Return quietly when this coach may write to this request, for the first or second time."""
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
    if proposals.live_count(db, wanted.id, at=now()) >= MOST_ON_A_REQUEST:
        raise WrongState(
            f"This request is full: {MOST_ON_A_REQUEST} coaches are waiting for an answer.",
            to=f"/requests/{wanted.id}",
        )
    if proposal_limits.waiting_count(db, by.id, at=now()) >= MOST_WAITING:
        raise Refused(
            WHOLE_FORM,
            f"{MOST_WAITING} of your proposals are waiting for an answer. "
            "Take one back, or send this when one has been answered.",
        )
    sent = proposal_limits.sent_between(db, by.id, now() - DAY, now())
    if len(sent) >= MOST_A_DAY:
        again = sent[-MOST_A_DAY] + DAY - now()
        raise TooMany(
            f"You have sent {MOST_A_DAY} proposals within a day. Send this one tomorrow.",
            seconds=max(1, int(again.total_seconds())),
        )
