"""Sessions of which their two are to be reminded, a day and an hour before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models.learning_sessions import LearningSession
from db.models.session_states import AGREED, SessionStatus
from db.queries import contracts

MOST = 500  # at one look
LONGEST = timedelta(days=1)  # no session lasts longer: so the index on their ends can be used


class Reminder(msgspec.Struct, frozen=True):
    """How long before the start it is sent, and from when on it says nothing useful any more."""

    name: str
    before: timedelta
    until: timedelta
    column: str


DAY = Reminder("day", timedelta(hours=24), timedelta(hours=12), "day_reminded_at")
HOUR = Reminder("hour", timedelta(hours=1), timedelta(0), "hour_reminded_at")
REMINDERS = (HOUR, DAY)


def due(db: Session, reminder: Reminder, at: datetime) -> Sequence[int]:
    """The sessions that begin soon enough, those that begin first at the head."""
    starts_at = LearningSession.starts_at
    query = select(LearningSession.id).where(_is_due(reminder, at))
    return db.scalars(query.order_by(starts_at, LearningSession.id).limit(MOST)).all()


def held(db: Session, session_id: int, reminder: Reminder, at: datetime) -> LearningSession | None:
    """This one behind its contract; None when it is due no more, or somebody holds the contract."""
    return contracts.held_session(db, session_id, _is_due(reminder, at))


def holds(db: Session, session_id: int, starts_at: datetime, at: datetime) -> bool:
    """Whether what a reminder says is still to come: it was not moved, called off or begun."""
    query = select(LearningSession.id).where(
        LearningSession.id == session_id,
        LearningSession.starts_at == starts_at,
        LearningSession.starts_at > at,
        LearningSession.status.in_(AGREED),
    )
    return db.scalars(query).one_or_none() is not None


def _is_due(reminder: Reminder, at: datetime) -> ColumnElement[bool]:
    starts_at, status = LearningSession.starts_at, LearningSession.status
    column: Any = getattr(LearningSession, reminder.column)
    near = and_(
        column.is_(None), starts_at > at + reminder.until, starts_at <= at + reminder.before
    )
    ends_soon = and_(
        LearningSession.ends_at > at, LearningSession.ends_at <= at + reminder.before + LONGEST
    )
    # While another time is offered, the one that was agreed on holds.
    offered = and_(status == SessionStatus.PROPOSED, LearningSession.answer_by.is_not(None))
    return and_(near, or_(and_(status == SessionStatus.SCHEDULED, ends_soon), offered))
