"""Mails about invitations: to the coach who is invited, and to the student who asked."""

from sqlalchemy.orm import Session

from app.mail.outbox import enqueue_about
from db.models.accounts import Account
from db.models.events import Event

# Nothing of what the student wrote: that stands on the page, for whom it is meant.


def invitation_received(
    db: Session, coach: Account, event: Event, *, title: str, student: str
) -> None:
    """That a student asks a coach for a proposal; matrix B gives the coach a first name."""
    enqueue_about(db, "invitation_received", coach, event, title=title, student=student)


def invitation_declined(
    db: Session, student: Account, event: Event, *, title: str, coach: str
) -> None:
    """That a coach cannot take it on."""
    enqueue_about(db, "invitation_declined", student, event, title=title, coach=coach)
