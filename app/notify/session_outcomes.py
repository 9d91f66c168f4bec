"""What is told of how a session went: that it is to be confirmed, what was said, and decided.

The page of the session has every word in full. Of a student, coaches read the name they know.
"""

from typing import Any

from sqlalchemy.orm import Session

from app.clock import now
from app.mail.shortened import in_parts
from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.notices import NoticeKind
from db.queries import contracts, session_reversals


def session_ended(db: Session, session: LearningSession, event: Event) -> None:
    """To the student: that it is over, and until when they can say how it went."""
    until = session.confirm_by.isoformat() if session.confirm_by else ""
    _about(db, "session_ended", session, event, session.student_id, until=until)


def session_confirmed(db: Session, session: LearningSession, event: Event) -> None:
    """To the coach: that it counts, whatever had been reported."""
    _about(db, "session_confirmed", session, event, session.coach_id)


def session_waived(db: Session, session: LearningSession, event: Event) -> None:
    """To the student: that the coach asks nothing for it."""
    _about(db, "session_waived", session, event, session.student_id)


def session_no_show(db: Session, session: LearningSession, event: Event, to_id: int) -> None:
    """To who was missed: that the other one says so."""
    _about(db, "session_no_show", session, event, to_id, report=in_parts(session.report))


def session_problem(db: Session, session: LearningSession, event: Event, to_id: int) -> None:
    """To the other one: what is said to have gone otherwise than agreed."""
    _about(db, "session_problem", session, event, to_id, report=in_parts(session.report))


def session_decided(db: Session, session: LearningSession, event: Event, reason: str) -> None:
    """To both: whether staff count it, and why."""
    for account_id in (session.student_id, session.coach_id):
        _about(
            db, "session_decided", session, event, account_id,
            outcome=session.status.value, reason=in_parts(reason),
        )  # fmt: skip


def session_reversed(db: Session, session: LearningSession, event: Event, reason: str) -> None:
    """To both: that nothing is owed for it after all, why, and who has the money now."""
    back = session_reversals.reversal(db, session.id)
    money = (
        {"said": back.said.value, "price": back.amount, "currency": back.currency} if back else {}
    )
    for account_id in (session.student_id, session.coach_id):
        _about(db, "session_reversed", session, event, account_id, reason=in_parts(reason), **money)


def _about(
    db: Session, name: str, session: LearningSession, event: Event, account_id: int, **more: Any
) -> None:
    head = contracts.head(db, session.contract_id, account_id, at=now())
    other, teaches = db.get_one(Account, head.other_id), head.side is Side.COACH
    notify(
        db, db.get_one(Account, account_id), event,
        kind=NoticeKind.SESSION, name=name, side=head.side, path=f"/sessions/{session.id}",
        session=session.id, number=session.number, of=head.sessions, title=head.title,
        # Lists ask for the name anew; this one is kept: a student's as coaches may always know it.
        who=other.first_name if teaches else other.name, zone=head.my_zone, **more,
    )  # fmt: skip
