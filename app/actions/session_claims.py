"""The time that sessions take of people: claimed when it is agreed on, freed when it is called off.

Whoever claims holds the contract first and then both people, always in the same order, so that two
contracts of the same people never wait for each other. The key of the table has the last word.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.errors import Outdated
from db.models.learning_sessions import LearningSession
from db.models.session_claims import SessionClaim, slots
from db.queries import session_claims


def claim(db: Session, session: LearningSession, *, by_id: int = 0) -> None:
    """Take the agreed time of a session from both of its people; what it took before is freed.

    Raises Outdated, as it is told to `by_id`, when one of them is in another session then.
    """
    people = (session.student_id, session.coach_id)
    session_claims.hold_people(db, people)
    release(db, session)
    sentence = in_the_way(db, session, session.starts_at, session.ends_at, by_id=by_id)
    if sentence:
        raise Outdated(f"{sentence} Say no, and offer another time.", to=f"/sessions/{session.id}")
    db.add_all(
        SessionClaim(account_id=account_id, slot=slot, session_id=session.id)
        for account_id in sorted(people)
        for slot in slots(session.starts_at, session.ends_at)
    )
    db.flush()


def release(db: Session, session: LearningSession) -> None:
    """Give both people the time of a session back."""
    db.execute(delete(SessionClaim).where(SessionClaim.session_id == session.id))


def in_the_way(
    db: Session,
    session: LearningSession,
    starts_at: datetime | None,
    ends_at: datetime | None,
    *,
    by_id: int,
) -> str:
    """Why a session cannot be then, as it is told to `by_id`; "" if it can.

    One's own session is named. Of the other one nobody learns more than that they cannot.
    """
    people = (session.student_id, session.coach_id)
    found = session_claims.taken(db, people, slots(starts_at, ends_at), but=session.id)
    mine = next((one for one in found if one.account_id == by_id), None)
    if mine:
        return f"You are in session {mine.number} of “{mine.title}” then."
    contract = session.contract
    other = contract.coach if by_id == contract.student_id else contract.student
    return f"{other.first_name} cannot then." if found else ""
