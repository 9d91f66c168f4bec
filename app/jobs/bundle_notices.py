"""Mailing people what waits for them, each in one mail."""

import threading

from sqlalchemy.orm import Session

from app.actions import notice_bundles as actions
from app.clock import now
from app.jobs.one_by_one import one_by_one
from app.settings import Settings
from db.engine import Database
from db.queries import notices


def bundle_notices(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Write the mails that are due."""
    one_by_one(database, stop, (notices.people_due, _account))


def _account(db: Session, number: int) -> None:
    account = notices.held_person(db, number, now())
    if account is not None:
        actions.bundle_notices(db, account)
