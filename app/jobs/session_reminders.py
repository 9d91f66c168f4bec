"""Reminding of sessions, a day and an hour before."""

import threading
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.session_reminders import remind_of_session
from app.clock import now
from app.jobs.one_by_one import Work, one_by_one
from app.settings import Settings
from db.engine import Database
from db.queries import session_reminders as due
from db.queries.session_reminders import REMINDERS, Reminder


def remind_of_sessions(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Send what is due: moved sessions anew, cancelled ones not."""
    one_by_one(database, stop, *map(_of, REMINDERS))


def _of(reminder: Reminder) -> Work:
    def find(db: Session, at: datetime) -> Sequence[int]:
        return due.due(db, reminder, at)

    def remind(db: Session, number: int) -> None:
        session = due.held(db, number, reminder, now())
        if session is not None:
            remind_of_session(db, session, reminder)

    return find, remind
