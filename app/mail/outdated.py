"""Mails that wait and may not be true any more when they leave: of times of sessions."""

from datetime import datetime

from app.clock import now
from app.mail.claims import Claimed
from db.engine import Database
from db.queries import session_offers, session_reminders

OFFER = "session_offered"
REMINDERS = tuple(f"session_reminder_{one.name}" for one in session_reminders.REMINDERS)


def is_outdated(database: Database, mail: Claimed) -> bool:
    """Whether it reminds of a time that does not hold any more, or has come; or offers one that
    nobody can answer any more.

    A moved session is reminded of anew; one that was called off is not.
    """
    if mail.template not in (*REMINDERS, OFFER):
        return False
    holds = session_offers.waits if mail.template == OFFER else session_reminders.holds
    starts_at = datetime.fromisoformat(mail.detail["starts"])
    with database.reading() as db:
        return not holds(db, mail.detail["session"], starts_at, now())
