"""What staff do with mails that could not be delivered."""

from sqlalchemy.orm import Session

from app.clock import now
from app.errors import WrongState
from app.events import record
from db.models.moves import move
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.queries.viewers import Viewer


def send_mail_again(db: Session, mail: OutgoingMail, *, by: Viewer) -> None:
    """Let a mail that was set aside begin anew; it leaves at once, with all its tries."""
    if mail.status is not MailStatus.SET_ASIDE:  # what is being sent may wait again, but not for us
        raise WrongState("This mail is not waiting for anybody any more.")
    before = mail.status
    move(mail, MailStatus.WAITING)
    mail.attempts = 0
    mail.due_at = now()
    mail.handed_over_at = None
    record(
        db, "outgoing_mail.sent_again", by=by, subject=mail, before=before, after=mail.status,
        template=mail.template,
    )  # fmt: skip
