"""Times that were offered for a session: how often, and whether one still waits for its answer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus


def made_before(db: Session, session_id: int, account_id: int, most: int) -> datetime | None:
    """When this person made the offer that is so many back, for this session; None for fewer."""
    query = select(Event.at).where(
        Event.subject == "session",
        Event.subject_id == session_id,
        Event.name == "session.offered",
        Event.actor_id == account_id,
    )
    return db.scalars(query.order_by(Event.id.desc()).offset(most - 1).limit(1)).one_or_none()


def waits(db: Session, session_id: int, starts_at: datetime, at: datetime) -> bool:
    """Whether this time is offered and can be answered."""
    query = select(LearningSession.id).where(
        LearningSession.id == session_id,
        LearningSession.status == SessionStatus.PROPOSED,
        LearningSession.offered_starts_at == starts_at,
        LearningSession.answer_by > at,
    )
    return db.scalars(query).one_or_none() is not None
