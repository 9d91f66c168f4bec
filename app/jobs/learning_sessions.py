"""What the clock does to sessions: offers run out, sessions end, and count 72 hours later.

Pages are right without it. What somebody holds is theirs to write down, or a minute later.
"""

import threading

from sqlalchemy.orm import Session

from app.actions.session_outcomes import catch_up
from app.clock import now
from app.jobs.one_by_one import one_by_one
from app.settings import Settings
from db.engine import Database
from db.queries import session_deadlines as due


def keep_sessions_up(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Write down what has come to pass."""
    one_by_one(database, stop, (due.sessions, _session))


def _session(db: Session, number: int) -> None:
    session = due.session(db, number, now())
    if session is not None:
        catch_up(db, session.contract, session)
