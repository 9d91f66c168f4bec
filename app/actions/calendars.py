"""The private feed of one's sessions: whoever has its address may read it."""

from sqlalchemy.orm import Session

from app.events import record
from app.tokens import new_token
from db.queries import accounts
from db.queries.viewers import Viewer


def make_calendar(db: Session, *, by: Viewer) -> None:
    """Give the feed an address; the one there is stays, so that a second press breaks nothing."""
    account = accounts.locked(db, by.id)
    if account.calendar_key is None:
        account.calendar_key = new_token()
        record(db, "calendar.made", by=by, subject=account)


def renew_calendar(db: Session, *, by: Viewer) -> None:
    """Give it another address: the old one ends."""
    account = accounts.locked(db, by.id)
    account.calendar_key = new_token()
    record(db, "calendar.renewed", by=by, subject=account)


def end_calendar(db: Session, *, by: Viewer) -> None:
    """Take its address away."""
    account = accounts.locked(db, by.id)
    if account.calendar_key is not None:
        account.calendar_key = None
        record(db, "calendar.ended", by=by, subject=account)
