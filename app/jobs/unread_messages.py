"""Telling people of messages they have not read."""

import threading

from sqlalchemy.orm import Session

from app.actions.unread_messages import tell_of_unread
from app.clock import now
from app.jobs.one_by_one import one_by_one
from app.settings import Settings
from db.engine import Database
from db.models.accounts import Side
from db.queries import unread_messages as due


def tell_of_unread_messages(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Tell everybody who has waited long enough."""
    one_by_one(database, stop, (due.due, _thread))


def _thread(db: Session, key: tuple[int, Side]) -> None:
    number, side = key
    thread = due.held(db, number, side, now())
    if thread is not None:
        tell_of_unread(db, thread, side)
