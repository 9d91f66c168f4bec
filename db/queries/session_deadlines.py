"""Deadlines of sessions: to which of them the clock has to do something."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus
from db.queries import contracts

MOST = 500  # at one look


def sessions(db: Session, at: datetime) -> Sequence[int]:
    """Sessions to which something has to be written down, by the index of each deadline."""
    each = (
        select(LearningSession.id).where(condition).order_by(deadline).limit(MOST).subquery()
        for condition, deadline in _deadlines(at)
    )
    return db.scalars(union(*(select(one.c.id) for one in each))).all()


def session(db: Session, number: int, at: datetime) -> LearningSession | None:
    """This one behind its contract; None when nothing is due, or somebody holds the contract."""
    is_due = or_(*(condition for condition, _ in _deadlines(at)))
    return contracts.held_session(db, number, is_due)


def _deadlines(at: datetime) -> list[tuple[Any, Any]]:
    return [
        ((LearningSession.status == status) & (deadline <= at), deadline)
        for status, deadline in (
            (SessionStatus.PROPOSED, LearningSession.answer_by),
            (SessionStatus.SCHEDULED, LearningSession.ends_at),
            (SessionStatus.ENDED, LearningSession.confirm_by),
        )
    ]
