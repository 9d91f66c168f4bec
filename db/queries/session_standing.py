"""How sessions stand at a moment, as a condition: even if the clock's job is late."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_

from db.models.learning_sessions import LearningSession
from db.models.session_states import AGREED, SessionStatus


def took_place(at: Any) -> ColumnElement[bool]:
    """It counts as completed; the same as asking `standing`, but by what an index knows."""
    status = LearningSession.status
    unanswered = and_(status.in_((*AGREED, SessionStatus.ENDED)), LearningSession.confirm_by <= at)
    return or_(status == SessionStatus.COMPLETED, unanswered)


def standing(at: Any) -> ColumnElement[SessionStatus]:
    """`status_at` for a row of the table."""
    kind, status = LearningSession.status.type, LearningSession.status
    lapsed = and_(status == SessionStatus.PROPOSED, LearningSession.answer_by <= at)
    timeless = and_(lapsed, LearningSession.starts_at.is_(None))
    holds = or_(lapsed, status == SessionStatus.SCHEDULED)
    is_over = and_(holds, LearningSession.ends_at <= at)
    ended = or_(is_over, status == SessionStatus.ENDED)
    return case(
        (timeless, literal(SessionStatus.UNSCHEDULED, kind)),
        (and_(ended, LearningSession.confirm_by <= at), literal(SessionStatus.COMPLETED, kind)),
        (is_over, literal(SessionStatus.ENDED, kind)),
        (lapsed, literal(SessionStatus.SCHEDULED, kind)),
        else_=status,
    )
