"""The mail of a reminder: by both clocks, and never after the session has begun."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.jobs.bundle_notices import bundle_notices
from app.jobs.session_reminders import remind_of_sessions
from db.models.notices import MailTiming, Notice, NoticeKind, NoticeSetting
from db.models.outgoing_mail import OutgoingMail
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, session_of
from tests.mailbox import mailbox

__all__ = ["mailbox"]

STARTS = datetime(2026, 12, 1, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def contract(db, sofia, carla):
    sofia.time_zone, carla.time_zone = "Africa/Nairobi", "Europe/Madrid"
    with time_machine.travel(STARTS - timedelta(days=3), tick=False):
        found = make_contract(db, sofia, carla)
        bring(db, found, to=SessionStatus.SCHEDULED, starts_at=STARTS)
    return found


@pytest.fixture
def run(settings, database, db):
    def run_at(at: datetime) -> list[str]:
        db.commit()
        with time_machine.travel(at, tick=False):
            remind_of_sessions(settings, database, threading.Event())
        db.expire_all()
        return [one.name.rpartition("_")[2] for one in db.query(Notice).order_by(Notice.id)]

    return run_at


def due(db):
    return [(mail.template.rpartition("_")[2], mail.due_at) for mail in db.query(OutgoingMail)]


def test_quiet_hours_end_before_the_session_or_do_not_hold_its_mail(
    run, db, sofia, carla, contract
):
    sofia.quiet_from, sofia.quiet_to = 0, 16 * 60 + 30  # until half an hour before, 17:00 there
    carla.quiet_from, carla.quiet_to = 0, 23 * 60
    run(STARTS - HOUR)
    assert [at for _, at in due(db)] == [STARTS - HOUR / 2, STARTS - HOUR]


def test_once_a_day_brings_no_reminder_of_what_is_over(run, db, sofia, contract):
    db.add(NoticeSetting(account_id=sofia.id, kind=NoticeKind.SESSION, mail=MailTiming.BUNDLED))
    assert run(STARTS - HOUR) == ["hour", "hour"]
    assert len(due(db)) == 1
    assert not db.query(Notice).filter(Notice.mail_due_at.is_not(None)).all()


def test_the_mail_says_it_by_both_clocks(run, db, sofia, contract, mailbox):
    run(STARTS - HOUR)
    with time_machine.travel(STARTS - HOUR, tick=False):
        [letter] = mailbox.letters(to=sofia.email)
    for words in (letter.text, letter.html):
        assert "Nairobi: " in words
        assert "Tue 1 Dec 2026, 17:00 to 18:00" in words
        assert "Madrid: Tue 1 Dec 2026, 15:00 to 16:00" in words
        assert f"/sessions/{session_of(db, contract).id}" in words


@pytest.mark.parametrize("what", ["moved", "cancelled", "begun", "asked to move"])
def test_a_mail_that_waited_leaves_only_while_what_it_says_is_true(
    run, db, sofia, contract, mailbox, what
):
    sofia.quiet_from, sofia.quiet_to = 0, 7 * 60  # of Nairobi, so until ten hours before
    first = session_of(db, contract)
    run(STARTS - 17 * HOUR)  # a sweeper that was late
    leaves = next(at for _, at in due(db))
    assert leaves == STARTS - 10 * HOUR
    if what == "moved":
        first.starts_at, first.ends_at = STARTS + 3 * HOUR, STARTS + 4 * HOUR
    elif what == "cancelled":
        first.status = SessionStatus.CANCELLED_EARLY
    elif what == "begun":
        leaves = STARTS  # the mail server was away
    else:
        first.status = SessionStatus.PROPOSED
    with time_machine.travel(leaves, tick=False):
        arrived = mailbox.letters(to=sofia.email)
    assert len(arrived) == (1 if what == "asked to move" else 0)


def test_a_reminder_that_is_not_true_any_more_is_left_out_of_the_mail_of_a_day(
    run, db, settings, database, sofia, contract
):
    db.add(NoticeSetting(account_id=sofia.id, kind=NoticeKind.SESSION, mail=MailTiming.BUNDLED))
    run(STARTS - 20 * HOUR)
    [waiting] = db.query(Notice).filter(Notice.mail_due_at.is_not(None))
    session_of(db, contract).status = SessionStatus.CANCELLED_EARLY
    db.commit()
    with time_machine.travel(waiting.mail_due_at, tick=False):
        bundle_notices(settings, database, threading.Event())
    db.expire_all()
    assert waiting.mail_due_at is None
    assert [mail.template for mail in db.query(OutgoingMail)] == ["session_reminder_day"]
