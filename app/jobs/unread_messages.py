"""Telling people of messages they have not read; each in a transaction of its own.

Looked at anew once it is held: another node may have been quicker, or its reader.
"""

import logging
import threading

from app.actions.unread_messages import tell_of_unread
from app.clock import now
from app.settings import Settings
from db.engine import Database
from db.queries import unread_messages as due

log = logging.getLogger("skileez.jobs")


def tell_of_unread_messages(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Tell everybody who has waited long enough. What fails is tried again next time."""
    with database.reading() as db:  # so that nothing to do never waits for the writers
        found = due.due(db, now())
    problems: list[Exception] = []
    for number, side in found:
        if stop.is_set():
            break
        try:
            with database.writing() as db:
                thread = due.held(db, number, side, now())
                if thread is not None:
                    tell_of_unread(db, thread, side)
        except Exception as problem:  # one that cannot be told must not keep the others
            log.warning("thread %s: %s", number, problem)
            problems.append(problem)
    if problems:
        raise problems[0]
