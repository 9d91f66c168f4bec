"""How sessions end: by the clock, as the two say, or as staff decide; once, and for good.

Whoever calls these holds the contract. What finishes a session posts what it costs, if it counts,
and completes the contract whose last one it is.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.contracts import complete_if_done
from app.actions.ledger import post_session, reverse
from app.actions.session_times import settle
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.session_outcomes import DecideForm, NoShowForm, ProblemForm, ReverseForm
from app.notify import session_outcomes as tell
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.ledger import PostingKind
from db.models.moves import move
from db.models.session_states import DISPUTED, MISSED_AFTER, SessionStatus
from db.queries import ledger
from db.queries.session_outcomes import LOOKED_AT
from db.queries.viewers import Viewer

TOO_EARLY = "You can say so from ten minutes after the start."
NOT_COUNTED = "Nothing was posted for this session."
TAKEN_BACK = "What this session cost has been taken back already."


def catch_up(db: Session, contract: Contract, session: LearningSession) -> None:
    """Write down what the clock has done to a session by now: the job does it, or who is first."""
    at = now()
    settle(db, session)
    if session.status is SessionStatus.SCHEDULED and _has_come(session.ends_at, at):
        end_session(db, session, ask=not _has_come(session.confirm_by, at))
    if session.status is SessionStatus.ENDED and _has_come(session.confirm_by, at):
        _finish(
            db, contract, session, SessionStatus.COMPLETED, "session.completed",
            by=None, at=session.confirm_by,
        )  # fmt: skip


def end_session(db: Session, session: LearningSession, *, ask: bool = True) -> None:
    """Its time is over, or somebody waited in vain; `ask` the student to say how it went."""
    event = _moved(db, session, SessionStatus.ENDED, "session.ended", by=None)
    session.ended_at = min(now(), session.ends_at or now())
    if ask:
        tell.session_ended(db, session, event)


def confirm_session(
    db: Session, contract: Contract, session: LearningSession, *, by: Viewer
) -> None:
    """The student says that it took place; also if something was reported before."""
    _end_quietly(db, session)
    was_disputed = session.status in DISPUTED
    event = _finish(
        db, contract, session, SessionStatus.COMPLETED, "session.confirmed",
        by=by, side=Side.STUDENT,
    )  # fmt: skip
    if was_disputed:
        tell.session_confirmed(db, session, event)


def mark_no_show(
    db: Session, contract: Contract, session: LearningSession, form: NoShowForm, *, by: Viewer
) -> None:
    """Who waited says that the other one did not come."""
    side = session.side_of(by.id)
    missed = side is Side.STUDENT
    to = SessionStatus.NO_SHOW_COACH if missed else SessionStatus.NO_SHOW_STUDENT
    if session.starts_at is None or now() < session.starts_at + MISSED_AFTER:
        raise WrongState(TOO_EARLY)
    if session.status_at(now()) is SessionStatus.SCHEDULED:
        settle(db, session)
        end_session(db, session, ask=False)
    event = _report(db, session, to, "session.no_show", form.text, side=side, by=by)
    tell.session_no_show(db, session, event, session.other_of(by.id))


def report_problem(
    db: Session, contract: Contract, session: LearningSession, form: ProblemForm, *, by: Viewer
) -> None:
    """One of the two says that it went otherwise than agreed; staff read it, too."""
    side, to = session.side_of(by.id), SessionStatus.PROBLEM
    event = _report(db, session, to, "session.problem", form.text, side=side, by=by)
    tell.session_problem(db, session, event, session.other_of(by.id))


def waive_session(db: Session, contract: Contract, session: LearningSession, *, by: Viewer) -> None:
    """The coach asks nothing for a session about which something was reported."""
    event = _finish(
        db, contract, session, SessionStatus.RESOLVED, "session.waived", by=by, side=Side.COACH
    )
    tell.session_waived(db, session, event)


def decide_session(
    db: Session, contract: Contract, session: LearningSession, form: DecideForm, *, by: Viewer
) -> None:
    """Staff say whether a session counts about which something was reported, and why."""
    if session.status not in DISPUTED:
        raise WrongState("Somebody has settled this session meanwhile.")
    session.decision, session.decided_by_id = form.reason, by.id
    event = _finish(
        db, contract, session, form.outcome, "session.decided", by=by, reason=form.reason
    )
    tell.session_decided(db, session, event, form.reason)


def reverse_session(
    db: Session, contract: Contract, session: LearningSession, form: ReverseForm, *, by: Viewer
) -> None:
    """Staff take back what a session cost, once; how it went stays written down."""
    posted = ledger.of_session(db, session.id)
    if posted is None:
        raise WrongState(NOT_COUNTED)
    if ledger.is_reversed(db, posted.id):
        raise WrongState(TAKEN_BACK)
    reverse(db, posted, reason=form.reason, by=by)
    event = record(db, "session.reversed", by=by, subject=session, reason=form.reason)
    tell.session_reversed(db, session, event, form.reason)


def note_session_look(db: Session, session_id: int, by: Viewer) -> None:
    """Write down that a member of staff has read what was reported about a session, each time."""
    record(db, LOOKED_AT, by=by, subject=db.get_one(LearningSession, session_id))


def _finish(
    db: Session,
    contract: Contract,
    session: LearningSession,
    to: SessionStatus,
    name: str,
    *,
    by: Viewer | None,
    side: Side | None = None,
    at: datetime | None = None,
    **detail: Any,
) -> Event:
    event = _moved(db, session, to, name, by=by, side=side, **detail)
    session.finished_at = at or now()
    db.flush()
    if to is SessionStatus.COMPLETED:
        post_session(db, contract, session, PostingKind.SESSION_COMPLETED, at=session.finished_at)
    complete_if_done(db, contract, by=by)
    return event


def _report(
    db: Session, session: LearningSession, to: SessionStatus, name: str, text: str,
    *, side: Side, by: Viewer,
) -> Event:  # fmt: skip
    _end_quietly(db, session)
    event = _moved(db, session, to, name, by=by, side=side)
    session.reported_by, session.report, session.reported_at = side, text, now()
    return event


def _moved(
    db: Session, session: LearningSession, to: SessionStatus, name: str,
    *, by: Viewer | None, side: Side | None = None, **detail: Any,
) -> Event:  # fmt: skip
    before = session.status
    move(session, to)
    session.updated_at = now()
    return record(db, name, by=by, side=side, subject=session, before=before, after=to, **detail)


def _end_quietly(db: Session, session: LearningSession) -> None:
    """Bring it to where it stands: nobody needs to be asked who has come to say how it went."""
    at = now()
    if session.status_at(at) is SessionStatus.ENDED and session.status is not SessionStatus.ENDED:
        settle(db, session)
        end_session(db, session, ask=False)
    elif session.status is SessionStatus.ENDED and _has_come(session.confirm_by, at):
        raise WrongState("This session counts as completed: 72 hours have passed since its end.")


def _has_come(deadline: datetime | None, at: datetime) -> bool:
    return deadline is not None and deadline <= at
