"""What the clock does with notices that are mailed together. It is nobody's deed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.clock import now
from app.events import record
from app.mail.outdated import REMINDERS
from app.notify import notice_bundles as tell
from app.notify.mail_times import hours_of
from db.models.accounts import Account
from db.models.notices import MailTiming, Notice
from db.queries import notices, session_reminders
from db.queries.notices import NoticeLine


def bundle_notices(db: Session, account: Account) -> None:
    """Mail a person all that waits for them and is still news, as they want it at this moment."""
    lines = notices.waiting(db, account.id, at=now())
    awake = hours_of(account).when_awake(now())
    if awake > now() and not account.is_suspended:  # they have set other quiet hours meanwhile
        _wait(db, lines, awake)
        return
    _wait(db, lines, None)
    timings = notices.mail_wishes(db, account.id).timings
    wanted = [
        line for line in lines if not line.is_read and timings[line.kind] is not MailTiming.OFF
    ]
    news = [line for line in wanted if not _is_outdated(db, line)]
    if not news or account.is_suspended:
        return
    event = record(db, "notice_bundle.made", by=None, subject=account, notices=len(news))
    tell.notices_bundled(db, account, event, news)


def _is_outdated(db: Session, line: NoticeLine) -> bool:
    """A reminder of a time that does not hold any more, or has come."""
    if line.name not in REMINDERS:
        return False
    starts_at = datetime.fromisoformat(line.detail["starts"])
    return not session_reminders.holds(db, line.detail["session"], starts_at, now())


def _wait(db: Session, lines: Sequence[NoticeLine], until: datetime | None) -> None:
    # These and no others: what is told at this very moment waits for the next mail.
    which = Notice.id.in_([line.id for line in lines])
    db.execute(update(Notice).where(which).values(mail_due_at=until))
