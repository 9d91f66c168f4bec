"""When the mail of a notice leaves, as the person it goes to wants it."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.notices import MailTiming, NoticeKind


def leaves_at(
    db: Session, account: Account, kind: NoticeKind, at: datetime
) -> tuple[MailTiming, datetime]:
    """How a person is mailed of something of this kind that happened `at`, and when."""
    return MailTiming.NOW, at
