"""What staff do with the application of a coach. Only one of them reads it at a time."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions.search_entries import index_coach
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.coach_approvals import ChangesForm, RejectForm
from app.notify import coach_approvals as tell
from db.models.coach_decisions import CoachDecision, StepComment, is_claimed_by_other
from db.models.events import Event
from db.models.moves import move
from db.models.profiles import CoachProfile, CoachStatus
from db.queries.viewers import Viewer

CLAIM_HOLDS = timedelta(minutes=30)


def claim_application(db: Session, coach: CoachProfile, *, by: Viewer) -> None:
    """Keep an application to oneself for half an hour; once more, and it is half an hour again."""
    _require_free(coach, by)
    coach.claimed_by_id, coach.claimed_until = by.id, now() + CLAIM_HOLDS
    record(db, "coach_profile.claimed", by=by, subject=coach)


def release_application(db: Session, coach: CoachProfile, *, by: Viewer) -> None:
    """Leave a claimed application to the others."""
    if coach.claimed_by_id != by.id:
        raise WrongState("You no longer hold this application.")
    _let_go(coach)
    record(db, "coach_profile.released", by=by, subject=coach)


def approve_coach(db: Session, coach: CoachProfile, *, by: Viewer) -> None:
    """Let a coach teach, from this moment on."""
    event = _decide(db, coach, CoachDecision(outcome=CoachStatus.APPROVED), by=by)
    coach.approved_at = now()
    coach.to_look_at = None
    index_coach(db, coach.account_id)
    tell.coach_approved(db, coach.account, event)


def request_changes(db: Session, coach: CoachProfile, form: ChangesForm, *, by: Viewer) -> None:
    """Send an application back with a comment on each step that needs one."""
    decision = CoachDecision(outcome=CoachStatus.CHANGES_REQUESTED)
    event = _decide(db, coach, decision, by=by)
    db.add_all(
        StepComment(decision_id=decision.id, step=step, text=text)
        for step, text in form.comments.items()
    )
    tell.coach_changes_requested(db, coach.account, event, form.comments)


def reject_coach(db: Session, coach: CoachProfile, form: RejectForm, *, by: Viewer) -> None:
    """Turn a coach down for good, and say why."""
    decision = CoachDecision(outcome=CoachStatus.REJECTED, reason=form.reason)
    event = _decide(db, coach, decision, by=by)
    tell.coach_rejected(db, coach.account, event, form.reason)


def mark_looked_at(db: Session, coach: CoachProfile, *, by: Viewer) -> None:
    """Note that staff have seen what an approved coach has changed."""
    if not coach.to_look_at:
        raise WrongState("Somebody has looked at these changes already.")
    changed, coach.to_look_at = coach.to_look_at, None
    record(db, "coach_profile.looked_at", by=by, subject=coach, changed=changed)


def _decide(db: Session, coach: CoachProfile, decision: CoachDecision, *, by: Viewer) -> Event:
    _require_free(coach, by)
    before, sent_at = coach.status, coach.submitted_at or coach.created_at
    move(coach, decision.outcome)
    _let_go(coach)
    decision.coach_id, decision.staff_id = coach.account_id, by.id
    decision.submitted_at, decision.decided_at = sent_at, now()
    db.add(decision)
    return record(
        db, f"coach_profile.{decision.outcome}", by=by, subject=coach, before=before,
        after=decision.outcome,
    )  # fmt: skip


def _require_free(coach: CoachProfile, by: Viewer) -> None:
    if coach.status is not CoachStatus.SUBMITTED:
        raise WrongState("This application is not waiting any more.")
    if is_claimed_by_other(coach, by.id, now()):
        raise WrongState("Somebody else is reading this application at the moment.")


def _let_go(coach: CoachProfile) -> None:
    coach.claimed_by_id = coach.claimed_until = None
