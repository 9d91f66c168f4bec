"""What the clock does to sessions: offers run out, sessions end, and count 72 hours later.

Pages are right without it. Each session in a transaction of its own, looked at anew once its
contract is held: what somebody holds is theirs to write down, or a minute later.
"""

import logging
import threading

from app.actions.session_outcomes import catch_up
from app.clock import now
from app.settings import Settings
from db.engine import Database
from db.queries import session_deadlines as due

log = logging.getLogger("skileez.jobs")


def keep_sessions_up(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Write down what has come to pass. What fails is tried again next time."""
    with database.reading() as db:  # so that nothing to do never waits for the writers
        numbers = due.sessions(db, now())
    problems: list[Exception] = []
    for number in numbers:
        if stop.is_set():
            break
        try:
            _one(database, number)
        except Exception as problem:  # one that cannot be ended must not keep the others
            log.warning("session %s: %s", number, problem)
            problems.append(problem)
    if problems:
        raise problems[0]


def _one(database: Database, number: int) -> None:
    with database.writing() as db:
        session = due.session(db, number, now())
        if session is not None:
            catch_up(db, session.contract, session)
