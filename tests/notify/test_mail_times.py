"""When a mail leaves: without any setting, at once."""

from app.clock import now
from app.notify.mail_times import leaves_at
from db.models.notices import MailTiming, NoticeKind


def test_who_has_set_nothing_is_mailed_at_once(db, sofia):
    at = now()
    for kind in NoticeKind:
        assert leaves_at(db, sofia, kind, at) == (MailTiming.NOW, at)
