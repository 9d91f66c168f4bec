"""Removing what is outlived, a little at a time, so that nobody waits for it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from app.actions.mail_tokens import forget_secrets
from app.clock import now
from app.mail import folder
from app.settings import Settings
from db.engine import Database
from db.queries import mail_tokens, outlived
from db.queries.outlived import Outlived

Which: TypeAlias = Callable[[datetime], Outlived]

# What is removed, and how long after its end.
LIVES: tuple[tuple[Which, timedelta], ...] = (
    (outlived.attempts, timedelta(days=1)),
    (outlived.parked_forms, timedelta(hours=1)),
    (outlived.submissions, timedelta(days=2)),
    (outlived.sign_ins, timedelta(days=1)),
    (outlived.mail_tokens, timedelta(days=7)),
    (outlived.mails, timedelta(days=30)),
    (outlived.notices, timedelta(days=90)),
    (outlived.pictures, timedelta(days=1)),
    (outlived.portfolio_items, timedelta(days=1)),
    (outlived.experiences, timedelta(days=1)),
    (outlived.educations, timedelta(days=1)),
    (outlived.coach_languages, timedelta(days=1)),
    (outlived.student_languages, timedelta(days=1)),
    (outlived.bookmarks, timedelta(days=1)),
    (outlived.session_claims, timedelta(days=1)),
)
FILES = timedelta(days=30)  # mails in the data folder
BATCH = 500


def sweep(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Remove everything that has outlived its use, and the secrets that hold no longer."""
    with database.reading() as db:  # so that nothing to do never waits for the writers
        is_any = mail_tokens.is_any_run_out(db, at=now())
    if is_any:
        with database.writing() as db:
            forget_secrets(db)
    for which, after in LIVES:
        remove(which(now() - after), database, stop)
    folder.remove_before(settings.data_dir, now() - FILES)


def remove(found: Outlived, database: Database, stop: threading.Event) -> None:
    """Remove all of a kind, in transactions short enough for a person to wait behind."""
    with database.reading() as db:  # so that nothing to do never waits for the writers
        more = outlived.is_any(db, found)
    while more and not stop.is_set():
        with database.writing() as db:
            more = outlived.remove(db, found, BATCH) == BATCH
