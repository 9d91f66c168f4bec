"""Calling a session off: free until its deadline; later the student owes it, and a coach does not.

Nobody pays for a session that their coach has called off.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions.contracts import complete_if_done
from app.actions.ledger import post_session
from app.actions.session_claims import release
from app.actions.session_times import end_offer, settle
from app.clock import now
from app.errors import Outdated, WrongState
from app.events import record
from app.forms.learning_sessions import CancelForm
from app.notify import learning_sessions as tell
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.ledger import PostingKind
from db.models.moves import move
from db.models.session_states import SessionStatus
from db.queries.viewers import Viewer
from db.types import EPOCH

MINUTE = timedelta(minutes=1)
ANOTHER_TIME = "Another time is agreed by now. This is how it stands."
OWED_BY_NOW = "The deadline has passed since you opened this page. If you cancel now, you owe it."


def cancel_session(
    db: Session, contract: Contract, session: LearningSession, form: CancelForm, *, by: Viewer
) -> None:
    """Call one session off before it begins, and tell the other one; the contract goes on.

    A time that is offered in place of the agreed one falls away first. Raises Outdated when it
    costs by now what was free on the page that was read, or another time is agreed.
    """
    side = session.side_of(by.id)
    if session.starts_at and form.begins not in (0, (session.starts_at - EPOCH) // MINUTE):
        raise Outdated(ANOTHER_TIME, to=f"/sessions/{session.id}")
    if would_be_owed(session, side) > form.owed:
        raise Outdated(OWED_BY_NOW, to=f"/sessions/{session.id}")
    settle(db, session)
    if session.starts_at is None or session.starts_at <= now():
        raise WrongState("This session has begun.", to=f"/sessions/{session.id}")
    if session.status is SessionStatus.PROPOSED:
        end_offer(db, session, "session.lapsed", by=None, side=None)
    event = call_off(db, contract, session, by=by, side=side, reason=form.reason)
    tell.session_cancelled(db, session, event, by=by)
    complete_if_done(db, contract, by=by)


def would_be_owed(session: LearningSession, side: Side) -> bool:
    """Whether the student owes a session that this side calls off now."""
    return side is Side.STUDENT and session.cancel_by is not None and session.cancel_by <= now()


def call_off(
    db: Session,
    contract: Contract,
    session: LearningSession,
    *,
    by: Viewer,
    side: Side,
    reason: str,
) -> Event:
    """Bring an agreed session to its cancelled end; what is told of it is up to who calls."""
    is_late = session.cancel_by is not None and session.cancel_by <= now()
    is_owed = would_be_owed(session, side)
    before = session.status
    move(session, SessionStatus.CANCELLED_LATE if is_late else SessionStatus.CANCELLED_EARLY)
    session.cancelled_by, session.cancel_reason = side, reason
    session.finished_at = session.updated_at = now()
    session.sequence += 1
    release(db, session)
    if is_owed:
        post_session(db, contract, session, PostingKind.SESSION_CANCELLED_LATE)
    return record(
        db,
        "session.cancelled",
        by=by,
        side=side,
        subject=session,
        before=before,
        after=session.status,
    )


def void_session(db: Session, session: LearningSession, *, by: Viewer, side: Side) -> None:
    """Say of a session without a time that it will have none: its contract has ended."""
    before = session.status
    move(session, SessionStatus.VOID)
    session.finished_at = session.updated_at = now()
    record(
        db,
        "session.voided",
        by=by,
        side=side,
        subject=session,
        before=before,
        after=session.status,
    )
