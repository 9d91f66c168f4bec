"""Mailing people what waits for them, each in one mail and in a transaction of its own.

Looked at anew once the person is held: another node may have been quicker, or they have read it.
"""

import logging
import threading

from app.actions import notice_bundles as actions
from app.clock import now
from app.settings import Settings
from db.engine import Database
from db.queries import notices

log = logging.getLogger("skileez.jobs")


def bundle_notices(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Write the mails that are due. What fails is tried again next time."""
    with database.reading() as db:  # so that nothing to do never waits for the writers
        people = notices.people_due(db, now())
    problems: list[Exception] = []
    for number in people:
        if stop.is_set():
            break
        try:
            with database.writing() as db:
                account = notices.held_person(db, number, now())
                if account:
                    actions.bundle_notices(db, account)
        except Exception as problem:  # one who cannot be told must not keep the others
            log.warning("notices of account %s: %s", number, problem)
            problems.append(problem)
    if problems:
        raise problems[0]
