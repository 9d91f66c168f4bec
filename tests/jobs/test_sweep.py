"""What is outlived goes; what somebody may still need stays."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.clock import now
from app.jobs import sweep as sweeping
from app.jobs.sweep import sweep
from db.models.attempts import Attempt
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.models.parked_forms import ParkedForm
from db.models.pictures import Picture
from db.models.profiles import CoachProfile
from db.models.session_claims import SessionClaim, slot_at
from db.models.session_states import SessionStatus
from db.models.sign_ins import SignIn
from db.models.submissions import Submission
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.factories import (
    make_letter,
    make_mail,
    make_mail_token,
    make_picture,
    make_portfolio_item,
    make_shown_picture,
    make_sign_in,
)

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def swept(settings, database, db):
    """Runs the sweep, and says which keys of a table are left."""

    def left(model) -> set:
        db.commit()
        sweep(settings, database, threading.Event())
        db.expire_all()
        return {getattr(row, "key", None) or row.id for row in db.query(model)}

    return left


@pytest.mark.parametrize("over", [True, False])
def test_a_try_is_kept_for_a_day(db, swept, over):
    at = now() - timedelta(days=1) + (-A_MINUTE if over else A_MINUTE)
    db.add(Attempt(key="sign_in:x", at=at))
    assert swept(Attempt) == (set() if over else {"sign_in:x"})


@pytest.mark.parametrize("over", [True, False])
def test_a_picture_that_is_shown_nowhere_is_kept_for_a_day(db, swept, carla, sofia, over):
    at = now() - timedelta(days=1) + (-A_MINUTE if over else A_MINUTE)
    old = [make_picture(db, carla, created_at=at - timedelta(days=9)) for _ in range(2)]
    shown = {make_shown_picture(db, sofia).id, *(picture.id for picture in old)}
    db.get_one(CoachProfile, carla.id).picture_id = old[0].id
    make_portfolio_item(db, carla, thumbnail_id=old[1].id)
    lost = make_picture(db, carla, created_at=at).id
    assert swept(Picture) == (shown if over else shown | {lost})


@pytest.mark.parametrize("over", [True, False])
def test_a_parked_form_is_kept_for_an_hour(db, swept, sofia, over):
    at = now() - timedelta(hours=1) + (-A_MINUTE if over else A_MINUTE)
    form = ParkedForm(token_hash=b"1" * 32, path="/x", page="/x", fields={}, created_at=at)
    db.add(form)
    assert len(swept(ParkedForm)) == (not over)


@pytest.mark.parametrize("over", [True, False])
def test_a_once_only_key_is_kept_for_two_days(db, swept, sofia, over):
    at = now() - timedelta(days=2) + (-A_MINUTE if over else A_MINUTE)
    db.add(Submission(account_id=sofia.id, key="k", digest=b"1" * 32, status=200, created_at=at))
    assert swept(Submission) == (set() if over else {"k"})


@pytest.mark.parametrize(
    ("but", "stays"),
    [
        ({}, True),
        ({"seen_at": timedelta(hours=35)}, True),
        ({"seen_at": timedelta(hours=37)}, False),
        ({"seen_at": timedelta(hours=37), "remember": True}, True),
        ({"seen_at": timedelta(days=15, hours=1), "remember": True}, False),
        ({"expires_at": timedelta(hours=25)}, False),
        ({"expires_at": timedelta(hours=23)}, True),
    ],
)
def test_a_sign_in_stays_for_a_day_after_its_end(db, swept, sofia, but, stays):
    moments = {key: now() - ago for key, ago in but.items() if key != "remember"}
    if "expires_at" not in moments:
        moments["expires_at"] = now() + timedelta(days=30)
    make_sign_in(db, sofia, remember=but.get("remember", False), **moments)
    assert len(swept(SignIn)) == stays


@pytest.mark.parametrize(
    ("but", "stays"),
    [
        ({"expires_at": timedelta(days=6)}, True),
        ({"expires_at": timedelta(days=8)}, False),
        ({"expires_at": -timedelta(days=1), "used_at": timedelta(days=8)}, False),
        ({"created_at": timedelta(days=8)}, True),  # its mail may still leave
        ({"created_at": timedelta(days=40)}, False),
    ],
)
def test_a_mail_token_stays_for_a_week_after_its_end(db, swept, sofia, but, stays):
    moments = {"created_at": now()} | {key: now() - ago for key, ago in but.items()}
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, "s" * 43, **{"expires_at": None, **moments})
    assert len(swept(MailToken)) == stays


@pytest.mark.parametrize("status", list(MailStatus))
def test_a_mail_that_is_done_with_stays_for_thirty_days(db, swept, sofia, status):
    later = now() + timedelta(days=1)
    old = {"status": status, "created_at": now() - timedelta(days=31), "due_at": later}
    make_mail(db, sofia, key="old", **old)
    make_mail(db, sofia, key="new", status=status, due_at=later)
    over = status not in (MailStatus.WAITING, MailStatus.SENDING)
    assert swept(OutgoingMail) == ({"new"} if over else {"old", "new"})


def test_time_that_has_passed_is_kept_for_a_day(db, settings, database, sofia, carla):
    contract, moment = make_contract(db, sofia, carla), now()
    for number, hours in enumerate((26, 24.5, 3), start=1):
        at = on_the_slot(moment - timedelta(hours=hours))
        bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=at)
    before = claims(db)
    sweep(settings, database, threading.Event())
    left, first = claims(db), slot_at(moment - timedelta(days=1))
    assert left == {one for one in before if one[1] >= first}
    assert 24 < len(left) < 48 and len(before) == 72


def claims(db):
    db.commit()
    db.expire_all()
    return {(one.account_id, one.slot) for one in db.query(SessionClaim)}


def test_files_of_mails_go_too(db, swept, settings, sofia):
    make_letter(make_mail(db, sofia, created_at=now() - timedelta(days=31)), settings)
    kept = make_letter(make_mail(db, sofia), settings)
    swept(OutgoingMail)
    assert [file.stem for file in (settings.data_dir / "mail").iterdir()] == [kept.name]


def test_much_goes_a_little_at_a_time(db, settings, database, swept):
    long_ago = now() - timedelta(days=9)
    db.add_all(Attempt(key=f"{n}", at=long_ago) for n in range(sweeping.BATCH * 2 + 1))
    db.commit()
    removed = []

    def note(connection, cursor, statement, *_):
        if statement.startswith("DELETE FROM attempts"):
            removed.append(cursor.rowcount)

    event.listen(database.engine, "after_cursor_execute", note)
    assert swept(Attempt) == set()
    event.remove(database.engine, "after_cursor_execute", note)
    assert removed == [sweeping.BATCH, sweeping.BATCH, 1]


def test_nothing_to_sweep_never_waits_for_the_writers(real_database, settings):
    with real_database.write_lock():
        sweep(settings, real_database, threading.Event())
