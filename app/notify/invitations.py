"""Mails about invitations: to the coach who is invited, and to the student who asked."""

from typing import Any

from sqlalchemy.orm import Session

from app.mail.outbox import enqueue
from db.models.accounts import Account
from db.models.events import Event

# Nothing of what the student wrote: that stands on the page, for whom it is meant.


def invitation_received(
    db: Session, coach: Account, event: Event, *, title: str, student: str
) -> None:
    """That a student asks a coach for a proposal; matrix B gives the coach a first name."""
    _about(db, "invitation_received", coach, event, title=title, student=student)


def invitation_declined(
    db: Session, student: Account, event: Event, *, title: str, coach: str
) -> None:
    """That a coach cannot take it on."""
    _about(db, "invitation_declined", student, event, title=title, coach=coach)


def _about(db: Session, template: str, account: Account, event: Event, **detail: Any) -> None:
    db.flush()
    key = f"{template}:event:{event.id}"
    enqueue(db, template, key=key, to=account.email, account=account, **detail)
