"""What the two of a session call each other, asked anew at each look."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.queries.people import still_known, student_name

_STUDENT, _COACH = another(Account), another(Account)


def others(
    db: Session, session_ids: Collection[int], viewer_id: int, at: datetime
) -> dict[int, str]:
    """The person across in each of one's own sessions, as matrix B has it by now."""
    if not session_ids:
        return {}
    query = (
        select(
            LearningSession.id, LearningSession.coach_id, Contract.ended_at,
            _STUDENT.first_name, _STUDENT.last_name, _COACH.first_name, _COACH.last_name,
        )
        .join(Contract, Contract.id == LearningSession.contract_id)
        .join(_STUDENT, _STUDENT.id == LearningSession.student_id)
        .join(_COACH, _COACH.id == LearningSession.coach_id)
        .where(
            LearningSession.id.in_(session_ids),
            or_(LearningSession.student_id == viewer_id, LearningSession.coach_id == viewer_id),
        )
    )  # fmt: skip
    found = {}
    for number, coach_id, ended_at, first, last, *coach in db.execute(query):
        student = student_name(first, last, wrote=True, accepted=still_known(ended_at, at))
        found[number] = student if coach_id == viewer_id else " ".join(coach)
    return found
