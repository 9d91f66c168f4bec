"""Reminders of sessions: a day and an hour before, once for each time, and never when useless."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.actions.session_reminders import begin_reminders
from app.jobs.session_reminders import remind_of_sessions
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.session_states import SessionStatus
from db.queries import contracts, session_reminders
from tests.contract_factories import bring, make_contract, session_of

STARTS = datetime(2026, 12, 1, 14, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


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
        """The names of the notices there are after a run at this moment, one for each person."""
        db.commit()
        with time_machine.travel(at, tick=False):
            remind_of_sessions(settings, database, threading.Event())
        db.expire_all()
        return [one.name.rpartition("_")[2] for one in db.query(Notice).order_by(Notice.id)]

    return run_at


def due(db):
    return [(mail.template.rpartition("_")[2], mail.due_at) for mail in db.query(OutgoingMail)]


def test_both_are_reminded_once_a_day_and_an_hour_before(run, db, contract):
    assert run(STARTS - 24 * HOUR - MINUTE) == []
    assert run(STARTS - 24 * HOUR) == ["day", "day"]
    assert run(STARTS - 23 * HOUR) == ["day", "day"]
    assert run(STARTS - HOUR - MINUTE) == ["day", "day"]
    assert run(STARTS - HOUR) == run(STARTS - MINUTE) == ["day", "day", "hour", "hour"]
    assert len(due(db)) == 4


def test_a_late_sweeper_sends_no_reminder_of_a_day_that_is_nearly_over(run, contract):
    assert run(STARTS - 12 * HOUR) == []
    assert run(STARTS - 2 * HOUR) == []
    assert run(STARTS - MINUTE) == ["hour", "hour"]


def test_more_than_one_look_finds_are_reminded_of_in_one_go(run, db, contract, monkeypatch):
    monkeypatch.setattr(session_reminders, "MOST", 2)
    for number in range(2, 6):
        starts_at = STARTS + number * HOUR
        bring(db, contract, number, to=SessionStatus.SCHEDULED, starts_at=starts_at)
    assert run(STARTS - 18 * HOUR) == ["day"] * 10


def test_what_sofia_holds_is_reminded_of_the_next_time(real_database, db, run, contract):
    if real_database.is_sqlite:
        pytest.skip("SQLite has one writer")
    db.commit()
    with real_database.writing() as sofias:
        assert contracts.held(sofias, contract.id)
        assert run(STARTS - 24 * HOUR) == []
    assert run(STARTS - 24 * HOUR) == ["day", "day"]


def test_a_session_that_has_begun_is_reminded_of_no_more(run, contract):
    assert run(STARTS) == []


def test_none_where_the_time_was_agreed_on_later_than_that(run, db, contract):
    with time_machine.travel(STARTS - 23 * HOUR, tick=False):
        begin_reminders(session_of(db, contract))
    assert run(STARTS - 23 * HOUR + MINUTE) == []
    assert run(STARTS - HOUR) == ["hour", "hour"]


def test_a_moved_session_is_reminded_of_again_and_a_cancelled_one_not(run, db, contract):
    assert run(STARTS - 20 * HOUR) == ["day", "day"]
    session = session_of(db, contract)
    session.starts_at, session.ends_at = STARTS + 48 * HOUR, STARTS + 49 * HOUR
    with time_machine.travel(STARTS - 19 * HOUR, tick=False):
        begin_reminders(session)
    assert run(STARTS + 25 * HOUR) == ["day"] * 4
    session_of(db, contract).status = SessionStatus.CANCELLED_LATE
    assert run(STARTS + 47 * HOUR) == ["day"] * 4


def test_an_agreed_time_holds_while_another_one_is_offered(run, db, contract):
    session = session_of(db, contract)
    session.status, session.answer_by = SessionStatus.PROPOSED, STARTS
    session.offered_starts_at = STARTS + 48 * HOUR
    assert run(STARTS - 24 * HOUR) == ["day", "day"]
