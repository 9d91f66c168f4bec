"""What waits for a person, told as they want it at the moment the mail is made."""

from datetime import UTC, datetime, timedelta

import pytest

from app.actions import notice_bundles
from app.actions.notice_bundles import bundle_notices
from app.clock import now
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.notices import MailTiming, Notice, NoticeKind, NoticeSetting
from db.models.outgoing_mail import OutgoingMail
from tests.factories import make_notice


@pytest.fixture
def waiting(db, sofia):
    """A proposal and a request, both of which wait for the morning's mail."""
    for kind in (NoticeKind.PROPOSAL, NoticeKind.REQUEST):
        db.add(NoticeSetting(account_id=sofia.id, kind=kind, mail=MailTiming.BUNDLED))
    due = now() - timedelta(minutes=1)
    return make_notice(db, sofia, mail_due_at=due), make_notice(
        db, sofia, "request_closed", kind=NoticeKind.REQUEST, mail_due_at=now() + timedelta(days=1)
    )


def made(db, sofia):
    db.flush()
    bundle_notices(db, sofia)
    db.flush()
    db.expire_all()
    mails = db.query(OutgoingMail).all()
    return [len(mail.detail["lines"]) for mail in mails]


def none_wait(db):
    return db.query(Notice).filter(Notice.mail_due_at.is_not(None)).count() == 0


def test_all_that_waits_is_told_in_one_mail(db, sofia, waiting):
    assert made(db, sofia) == [2] and none_wait(db)
    assert db.query(Event).one().name == "notice_bundle.made"


def test_what_was_read_meanwhile_is_left_out(db, sofia, waiting):
    waiting[0].read_at = now()
    assert made(db, sofia) == [1] and none_wait(db)


def test_without_news_there_is_no_mail(db, sofia, waiting):
    for notice in waiting:
        notice.read_at = now()
    assert made(db, sofia) == [] and none_wait(db) and db.query(Event).count() == 0


def test_a_kind_that_was_switched_off_meanwhile_is_dropped(db, sofia, waiting):
    db.get(NoticeSetting, (sofia.id, NoticeKind.PROPOSAL)).mail = MailTiming.OFF
    assert made(db, sofia) == [1] and none_wait(db)


def test_a_kind_that_is_mailed_at_once_by_now_is_told_with_the_rest(db, sofia, waiting):
    db.get(NoticeSetting, (sofia.id, NoticeKind.PROPOSAL)).mail = MailTiming.NOW
    assert made(db, sofia) == [2] and none_wait(db)


def test_the_suspended_get_none(db, sofia, waiting):
    sofia.status = AccountStatus.SUSPENDED
    assert made(db, sofia) == [] and none_wait(db)


def test_in_quiet_hours_set_meanwhile_it_waits_for_their_end(db, sofia, waiting, monkeypatch):
    at = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
    monkeypatch.setattr(notice_bundles, "now", lambda: at)
    sofia.time_zone, sofia.quiet_from, sofia.quiet_to = "UTC", 22 * 60, 7 * 60
    assert made(db, sofia) == []
    assert {one.mail_due_at for one in db.query(Notice)} == {at + timedelta(hours=8)}


def test_what_is_told_to_others_waits_on(db, sofia, dora, waiting):
    theirs = make_notice(db, dora, mail_due_at=now())
    assert made(db, sofia) == [2]
    assert theirs.mail_due_at is not None
