from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from db.models.accounts import Account, AccountStatus, Side
from db.models.events import Event

NOON = datetime(2026, 11, 19, 12, 0, 0, 123456, tzinfo=UTC)


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_written_in(database):
    nairobi = NOON.astimezone(timezone(timedelta(hours=3)))
    with database.writing() as db:
        db.add(Event(at=nairobi, name="request.posted", subject="request", subject_id=1))
    with database.reading() as db:
        at = db.scalar(select(Event.at))
    assert at == NOON
    assert at.tzinfo is UTC


def test_a_moment_is_compared_as_a_moment(database):
    nairobi = NOON.astimezone(timezone(timedelta(hours=3)))
    with database.writing() as db:
        db.add(Event(at=NOON, name="request.posted", subject="request", subject_id=1))
    with database.reading() as db:
        assert db.scalar(select(Event.id).where(Event.at == nairobi)) is not None
        assert db.scalar(select(Event.id).where(Event.at < nairobi)) is None


def test_a_moment_without_a_zone_is_refused(database):
    with (
        pytest.raises(StatementError, match="has no time zone"),
        database.writing() as db,
    ):
        db.add(Event(at=NOON.replace(tzinfo=None), name="x", subject="request", subject_id=1))


def test_a_state_is_stored_as_its_word_and_comes_back_as_itself(database):
    with database.writing() as db:
        db.add(sofia())
    with database.reading() as db:
        assert db.scalar(select(Account.role_view)) is Side.STUDENT
        assert db.connection().exec_driver_sql("SELECT status FROM accounts").scalar() == "active"
        assert db.scalar(select(Account.id).where(Account.status == AccountStatus.ACTIVE))


def test_a_word_that_is_no_state_is_refused(database):
    with pytest.raises(StatementError), database.writing() as db:
        db.add(sofia(status="asleep"))


def sofia(**but):
    return Account(
        first_name="Sofia",
        last_name="Mwangi",
        email="sofia@skileez.example",
        email_folded="sofia@skileez.example",
        password_hash="-",
        created_at=NOON,
        **but,
    )
