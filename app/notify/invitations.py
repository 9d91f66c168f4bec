"""What is told about an invitation: to the coach who is invited, and to the student who asked.

Nothing of what the student wrote: that stands on the page, for whom it is meant.
"""

from sqlalchemy.orm import Session

from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.notices import NoticeKind


def invitation_received(
    db: Session, coach: Account, event: Event, *, title: str, student: str
) -> None:
    """That a student asks a coach for a proposal; matrix B gives the coach a first name."""
    notify(
        db, coach, event, kind=NoticeKind.INVITATION, name="invitation_received",
        side=Side.COACH, path="/invitations", title=title, student=student,
    )  # fmt: skip


def invitation_declined(
    db: Session, student: Account, event: Event, *, title: str, coach: str
) -> None:
    """That a coach cannot take it on."""
    notify(
        db, student, event, kind=NoticeKind.INVITATION, name="invitation_declined",
        side=Side.STUDENT, path="/coaches", title=title, coach=coach,
    )  # fmt: skip
