"""Mails that wait and may not be true any more when they leave: reminders of sessions."""

from datetime import datetime

from app.clock import now
from app.mail.claims import Claimed
from db.engine import Database
from db.queries import session_reminders

REMINDERS = tuple(f"session_reminder_{one.name}" for one in session_reminders.REMINDERS)


def is_outdated(database: Database, mail: Claimed) -> bool:
    """Whether it reminds of a time that does not hold any more, or has come.

    A moved session is reminded of anew; one that was called off is not.
    """
    if mail.template not in REMINDERS:
        return False
    starts_at = datetime.fromisoformat(mail.detail["starts"])
    with database.reading() as db:
        return not session_reminders.holds(db, mail.detail["session"], starts_at, now())
