"""What one of the two is told when the other one did something about the time of a session.

Mails and notices say it by both clocks.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.notices import NoticeKind
from db.queries.viewers import Viewer


def session_offered(db: Session, session: LearningSession, event: Event, *, by: Viewer) -> None:
    """That a time is offered, perhaps in place of an agreed one, and until when to answer."""
    more = {"was": session.starts_at.isoformat()} if session.starts_at else {}
    if session.answer_by:
        more["until"] = session.answer_by.isoformat()
    offered = times(session, session.offered_starts_at)
    tell_other(db, session, event, "session_offered", by=by, **offered, **more)


def session_agreed(db: Session, session: LearningSession, event: Event, *, by: Viewer) -> None:
    """That the time one has offered holds."""
    tell_other(db, session, event, "session_agreed", by=by, **times(session, session.starts_at))


def session_moved(db: Session, session: LearningSession, event: Event, *, by: Viewer) -> None:
    """That the time one has offered holds in place of the earlier one."""
    tell_other(db, session, event, "session_moved", by=by, **times(session, session.starts_at))


def session_declined(
    db: Session, session: LearningSession, event: Event, *, by: Viewer, offered: datetime | None
) -> None:
    """That the time one has offered does not suit."""
    more = {"holds": session.starts_at.isoformat()} if session.starts_at else {}
    tell_other(db, session, event, "session_declined", by=by, **times(session, offered), **more)


def session_lapsed(
    db: Session, session: LearningSession, event: Event, *, side: Side, offered: datetime | None
) -> None:
    """To the side that has offered a time: that it got no answer, and what holds now."""
    contract = session.contract
    account, other = contract.student, contract.coach
    if side is Side.COACH:
        account, other = other, account
    more = {"holds": session.starts_at.isoformat()} if session.starts_at else {}
    detail = times(session, offered) | more
    tell_one(db, session, event, "session_lapsed", account=account, other=other, **detail)


def session_cancelled(db: Session, session: LearningSession, event: Event, *, by: Viewer) -> None:
    """That the session will not take place, why, and whether it is owed all the same."""
    tell_other(
        db,
        session,
        event,
        "session_cancelled",
        by=by,
        **times(session, session.starts_at),
        why=session.cancel_reason,
    )


def tell_other(
    db: Session, session: LearningSession, event: Event, name: str, *, by: Viewer, **detail: Any
) -> None:
    """Tell whoever did not do it."""
    contract = session.contract
    mine, theirs = contract.student, contract.coach
    if by.id == contract.student_id:
        mine, theirs = theirs, mine
    tell_one(db, session, event, name, account=mine, other=theirs, **detail)


def tell_one(
    db: Session,
    session: LearningSession,
    event: Event,
    name: str,
    *,
    account: Account,
    other: Account,
    **detail: Any,
) -> None:
    """Tell one of the two; `who` is the other one, whose zone stands beside their own."""
    side = Side.STUDENT if account.id == session.student_id else Side.COACH
    notify(
        db,
        account,
        event,
        kind=NoticeKind.SESSION,
        name=name,
        side=side,
        path=f"/sessions/{session.id}",
        # Whoever taught a student knows the first name for good, and the other only for a while.
        who=other.first_name if side is Side.COACH else other.name,
        number=session.number,
        title=session.contract.learning_request.title,
        session=session.id,
        zone=account.time_zone,
        other_zone=other.time_zone,
        **detail,
    )


def times(session: LearningSession, starts_at: datetime | None) -> dict[str, str]:
    """A time as notices and mails keep it."""
    if starts_at is None:
        return {}
    ends_at = starts_at + timedelta(minutes=session.contract.minutes)
    return {"starts": starts_at.isoformat(), "ends": ends_at.isoformat()}
