"""Reminding of sessions, each in a transaction of its own and looked at anew once it is held."""

import logging
import threading

from app.actions.session_reminders import remind_of_session
from app.clock import now
from app.settings import Settings
from db.engine import Database
from db.queries import session_reminders as due
from db.queries.session_reminders import REMINDERS, Reminder

log = logging.getLogger("skileez.jobs")


def remind_of_sessions(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Send what is due: moved sessions anew, cancelled ones not. What fails is tried again."""
    problems = [problem for reminder in REMINDERS for problem in _remind(reminder, database, stop)]
    if problems:
        raise problems[0]


def _remind(reminder: Reminder, database: Database, stop: threading.Event) -> list[Exception]:
    with database.reading() as db:  # so that nothing to do never waits for the writers
        numbers = due.due(db, reminder, now())
    problems: list[Exception] = []
    for number in numbers:
        if stop.is_set():
            break
        try:
            with database.writing() as db:
                session = due.held(db, number, reminder, now())
                if session is not None:
                    remind_of_session(db, session, reminder)
        except Exception as problem:  # one that cannot be reminded of must not keep the others
            log.warning("reminder of session %s: %s", number, problem)
            problems.append(problem)
    return problems
