"""Reminding both of a session: a day before and an hour before, each once for each time agreed."""

from sqlalchemy.orm import Session

from app.clock import now
from app.events import record
from app.notify import session_reminders as tell
from db.models.learning_sessions import LearningSession
from db.queries.session_reminders import REMINDERS, Reminder


def begin_reminders(session: LearningSession) -> None:
    """Remind of a time that was just agreed on, but not of what is so near already."""
    at, starts_at = now(), session.starts_at
    for reminder in REMINDERS:
        is_near = starts_at is not None and starts_at <= at + reminder.before
        setattr(session, reminder.column, at if is_near else None)


def remind_of_session(db: Session, session: LearningSession, reminder: Reminder) -> None:
    """Tell both when it begins, by both clocks."""
    setattr(session, reminder.column, now())
    event = record(db, "session.reminded", by=None, subject=session, reminder=reminder.name)
    tell.session_reminder(db, session, event, reminder)
