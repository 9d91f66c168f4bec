"""What the student of a request answers to its proposals, and what the end of it does to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.contracts import open_contract
from app.actions.proposals import MOST_ON_A_REQUEST, end_proposal
from app.actions.request_deadlines import expire_invitations, touch_request
from app.actions.search_entries import index_request
from app.actions.threads import open_thread
from app.clock import now
from app.errors import NotFound, WrongState
from app.events import record
from app.forms.proposal_choices import AcceptForm, DeclineForm, DeclineSeveralForm
from app.notify import proposals as tell
from db.models.accounts import Side
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.moves import move
from db.models.proposals import ANSWERED_WITHIN, DeclineReason, Proposal, ProposalStatus
from db.models.threads import Thread
from db.queries import profiles, proposal_choices, proposals
from db.queries.viewers import Viewer

Shown = tuple[int, datetime]  # a version, and when its words were written


def accept_proposal(db: Session, proposal: Proposal, form: AcceptForm, *, by: Viewer) -> Thread:
    """Choose this coach, on the terms of the version that was read.

    The request is filled, the others are not selected, a contract and a thread are open.
    """
    wanted = proposal.learning_request
    to = f"/requests/{wanted.id}/proposals"
    if form.is_outdated(proposal.version, proposal.updated_at):
        raise WrongState("This proposal was changed meanwhile.", to=f"/proposals/{proposal.id}")
    if not wanted.runs_at(now()):
        raise WrongState("This request has ended.", to=to)
    if not profiles.coach_is_here(db, proposal.coach_id):
        raise WrongState("This coach cannot be chosen at the moment.", to=to)
    event = end_proposal(db, proposal, ProposalStatus.ACCEPTED, by=by, side=Side.STUDENT)
    contract = open_contract(db, wanted, proposal, by=by)
    _fill(db, wanted, proposal, by=by)
    thread = open_thread(
        db, student_id=wanted.student_id, coach_id=proposal.coach_id, proposal=proposal
    )
    [coach] = proposal_choices.coaches(db, [proposal]).values()
    tell.proposal_accepted(db, coach, event, wanted, proposal, thread, contract)
    _turn_others_away(db, wanted, by=by)
    expire_invitations(db, wanted)
    index_request(db, wanted)
    return thread


def shortlist_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> None:
    """Put this proposal among the few the student thinks about; the coach is shown it."""
    _mark(db, proposal, ProposalStatus.SHORTLISTED, "proposal.shortlisted", by=by)


def unshortlist_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> None:
    """Take this proposal from the shortlist again; it goes on waiting."""
    _mark(db, proposal, ProposalStatus.SUBMITTED, "proposal.unshortlisted", by=by)


def decline_proposal(db: Session, proposal: Proposal, form: DeclineForm, *, by: Viewer) -> None:
    """Say no to this coach, with a reason the coach can read."""
    _decline(db, proposal.learning_request, [proposal], form.reason, by=by)


def decline_several_proposals(
    db: Session, wanted: LearningRequest, form: DeclineSeveralForm, *, by: Viewer
) -> tuple[list[Proposal], list[Proposal]]:
    """Say no to all of these that still wait; those that do, and those that had ended by then.

    Raises NotFound when one of them was not sent to this request.
    """
    chosen = proposal_choices.chosen(db, wanted.id, form.proposal)
    if len(chosen) < len(set(form.proposal)):
        raise NotFound
    waiting = [one for one in chosen if wanted.runs_at(now()) and one.waits_at(now())]
    if waiting:
        _decline(db, wanted, waiting, form.reason, by=by)
    return waiting, [one for one in chosen if one not in waiting]


def reopen_proposal(db: Session, proposal: Proposal, *, by: Viewer) -> None:
    """Take a no back: the proposal waits for an answer again, for another 30 days."""
    wanted = proposal.learning_request
    _check_room(db, wanted, proposal)
    before = proposal.status
    move(proposal, ProposalStatus.SUBMITTED)
    proposal.decline_reason = proposal.ended_at = None
    proposal.expires_at = now() + ANSWERED_WITHIN
    event = record(
        db,
        "proposal.reopened",
        by=by,
        side=Side.STUDENT,
        subject=proposal,
        before=before,
        after=proposal.status,
    )
    touch_request(wanted)
    index_request(db, wanted)
    [coach] = proposal_choices.coaches(db, [proposal]).values()
    tell.proposal_reopened(db, coach, event, wanted, proposal)


def expire_proposals(db: Session, wanted: LearningRequest, *, by: Viewer | None) -> None:
    """The request has ended without a choice: whoever still waits gets no answer."""
    for proposal in proposals.waiting_on(db, wanted.id):
        end_proposal(db, proposal, ProposalStatus.EXPIRED, by=by, side=Side.STUDENT if by else None)
    index_request(db, wanted)


def mark_viewed(db: Session, request_id: int, shown: Mapping[int, Shown], by: Viewer) -> None:
    """Note which version of these proposals the student has seen; coaches are told of the first."""
    found = proposal_choices.unseen(db, request_id, shown)
    first = [proposal for proposal in found if proposal.first_viewed_at is None]
    for proposal in found:
        version, written_at = shown[proposal.id]
        proposal.first_viewed_at = proposal.first_viewed_at or now()
        proposal.seen_version = max(proposal.seen_version, version)
        # Rewritten after the page was drawn, when it still counted as unseen: what stands now is
        # another version than the student has read, and cannot be accepted in its place.
        if proposal.version == version and proposal.updated_at != written_at:
            proposal.version += 1
    for proposal in first:
        record(db, "proposal.viewed", by=by, side=Side.STUDENT, subject=proposal)


def _mark(db: Session, proposal: Proposal, to: ProposalStatus, name: str, *, by: Viewer) -> None:
    before = proposal.status
    move(proposal, to)
    record(db, name, by=by, side=Side.STUDENT, subject=proposal, before=before, after=to)
    touch_request(proposal.learning_request)


def _fill(db: Session, wanted: LearningRequest, proposal: Proposal, *, by: Viewer) -> None:
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


def _turn_others_away(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    # Whose own time is over is told so by the clock: nobody chose against them.
    others = [one for one in proposals.waiting_on(db, wanted.id) if one.waits_at(now())]
    coaches = proposal_choices.coaches(db, others)
    for other in others:
        event = end_proposal(db, other, ProposalStatus.NOT_SELECTED, by=by, side=Side.STUDENT)
        if coach := coaches.get(other.coach_id):
            tell.proposal_not_selected(db, coach, event, wanted, other)


def _decline(
    db: Session,
    wanted: LearningRequest,
    declined: Sequence[Proposal],
    reason: DeclineReason,
    *,
    by: Viewer,
) -> None:
    coaches = proposal_choices.coaches(db, declined)
    for proposal in declined:
        proposal.decline_reason = reason
        event = end_proposal(
            db, proposal, ProposalStatus.DECLINED, by=by, side=Side.STUDENT, reason=str(reason)
        )
        if coach := coaches.get(proposal.coach_id):
            tell.proposal_declined(db, coach, event, wanted, proposal)
    touch_request(wanted)
    index_request(db, wanted)


def _check_room(db: Session, wanted: LearningRequest, proposal: Proposal) -> None:
    to = f"/requests/{wanted.id}/proposals"
    if not wanted.runs_at(now()):
        raise WrongState("This request has ended.", to=to)
    if not profiles.coach_is_here(db, proposal.coach_id):
        raise WrongState("This coach cannot be chosen at the moment.", to=to)
    if proposal_choices.has_another(db, proposal):
        raise WrongState("This coach has written another proposal to your request.", to=to)
    if proposals.live_count(db, wanted.id, at=now()) >= MOST_ON_A_REQUEST:
        raise WrongState(
            f"{MOST_ON_A_REQUEST} coaches are waiting for your answer. Answer one of them first.",
            to=to,
        )
