"""The clock is set wrong by hours and right again: nothing is lost, doubled, revived or locked."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from limits import RateLimitItemPerMinute

from app.access.enforce import has_proved
from app.actions.attempts import limits_on, may_be_mailed, reserve_try
from app.actions.mail_tokens import use_token
from app.actions.messages import send_message
from app.clock import now
from app.errors import TooMany, WrongState
from app.forms.messages import MessageForm
from app.jobs.learning_requests import meet_deadlines
from app.jobs.learning_sessions import keep_sessions_up
from app.jobs.session_reminders import remind_of_sessions
from app.jobs.sweep import sweep
from app.mail.links import mint
from app.tokens import hashed
from app.web.counters import Counters
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.mail_tokens import Purpose
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.session_states import SessionStatus
from db.queries import mail_tokens, messages, viewers
from tests.contract_factories import bring, make_contract
from tests.factories import make_mail_token, make_message, make_request, make_sign_in, make_thread

AT = datetime(2026, 12, 1, 14, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FAR = 5 * HOUR  # how wrong the clock is
ONE = "1" * 43


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def run(settings, database, db):
    def run_job(job):
        db.commit()
        job(settings, database, threading.Event())
        db.expire_all()

    return run_job


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_that_had_run_out_stays_dead(clock, db, run, sofia, purpose):
    token = make_mail_token(db, sofia, purpose, ONE)
    clock.move_to(token.expires_at)
    run(sweep)
    clock.shift(-HOUR)
    assert mail_tokens.holder(db, hashed(ONE), purpose, at=now()) is None
    with pytest.raises(WrongState):
        use_token(db, ONE, purpose)


def test_a_link_that_holds_is_left_alone_and_a_used_one_dead(clock, db, run, sofia, sam):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, ONE)
    make_mail_token(db, sam, Purpose.RESET_PASSWORD, "2" * 43)
    use_token(db, "2" * 43, Purpose.RESET_PASSWORD)
    clock.shift(29 * MINUTE)
    run(sweep)
    clock.shift(-FAR)
    assert use_token(db, ONE, Purpose.RESET_PASSWORD)[1].id == sofia.id
    with pytest.raises(WrongState):
        use_token(db, "2" * 43, Purpose.RESET_PASSWORD)


def test_a_mail_that_waits_for_its_server_gets_a_link_that_works(clock, db, database, run, sofia):
    """The first try has made a secret, which ran out before the second."""
    token = make_mail_token(db, sofia, Purpose.RESET_PASSWORD, ONE)
    clock.shift(HOUR)
    run(sweep)
    secret = mint(database, token.id, Purpose.RESET_PASSWORD)
    db.expire_all()
    assert use_token(db, secret, Purpose.RESET_PASSWORD)[1].id == sofia.id


def test_a_sign_in_outlasts_a_jump_and_lives_no_longer_than_it_may(clock, db, run, sofia):
    hers = make_sign_in(db, sofia, token_hash=hashed(ONE), expires_at=AT + 24 * HOUR)

    def may_look() -> bool:
        return not viewers.signed_in(db, hashed(ONE), at=now()).is_guest

    clock.move_to(AT + 13 * HOUR)  # idle for too long, says the clock
    run(sweep)
    assert not may_look()
    clock.move_to(AT + MINUTE)
    assert may_look()
    hers.seen_at = AT + 20 * HOUR  # noted while the clock was ahead
    clock.move_to(AT + 24 * HOUR)
    run(sweep)
    assert not may_look()


def test_a_password_given_while_the_clock_was_ahead_proves_no_more_than_usual(clock, db, sofia):
    make_sign_in(db, sofia, token_hash=hashed(ONE), seen_at=AT + FAR, expires_at=AT + 24 * HOUR)
    held = viewers.signed_in(db, hashed(ONE), at=now())
    assert not held.is_guest
    assert not has_proved(held)
    clock.move_to(AT + FAR)
    assert has_proved(held)


def tries(db, email, times, *, device_id=None):
    for _ in range(times):
        reserve_try(db, email, limits_on(email, address="192.0.2.1", device_id=device_id))


@pytest.mark.parametrize("device_id", [None, 1])
def test_tries_of_a_time_to_come_lock_nobody_out(clock, db, sofia, device_id):
    clock.move_to(AT + FAR)
    tries(db, sofia.email, 10, device_id=device_id)
    clock.move_to(AT)
    tries(db, sofia.email, 10, device_id=device_id)
    with pytest.raises(TooMany):
        tries(db, sofia.email, 1, device_id=device_id)


@pytest.mark.parametrize("device_id", [None, 1])
def test_nodes_whose_clocks_differ_a_little_count_together(clock, db, sofia, device_id):
    tries(db, sofia.email, 10, device_id=device_id)
    clock.shift(-timedelta(seconds=5))
    with pytest.raises(TooMany):
        tries(db, sofia.email, 1, device_id=device_id)


def test_mails_of_a_time_to_come_keep_no_mail_back(clock, db, sofia):
    clock.move_to(AT + FAR)
    assert [may_be_mailed(db, "reset_password", sofia.email) for _ in range(4)][2:] == [True, False]
    clock.move_to(AT)
    assert [may_be_mailed(db, "reset_password", sofia.email) for _ in range(4)][2:] == [True, False]


def test_a_limit_counted_in_memory_ends_in_its_time(clock):
    counters, limit = Counters(""), RateLimitItemPerMinute(2)

    def waits():
        return asyncio.run(counters.seconds_to_wait(limit, "192.0.2.1"))

    clock.move_to(AT + FAR)
    assert [waits() for _ in range(3)] == [0, 0, 60]
    clock.move_to(AT)
    assert 0 < waits() <= 60
    clock.shift(MINUTE)
    assert waits() == 0


def test_messages_keep_their_order_and_their_limit(clock, db, viewer, sofia, carla):
    thread = make_thread(db, sofia, carla, student_wrote_at=AT)

    def send(number):
        said = MessageForm(text=f"Line {number}", action="")
        return send_message(db, thread, said, by=viewer(sofia)).number

    clock.move_to(AT + FAR)
    ahead = [send(number) for number in range(20)]
    clock.move_to(AT)
    assert [send(number) for number in range(20, 40)] == [ahead[-1] + 1 + one for one in range(20)]
    with pytest.raises(TooMany) as refused:
        send(41)
    assert refused.value.seconds <= 61
    seen = messages.since(db, thread.id, carla.id, ahead[-1]).lines
    assert [line.text for line in seen] == [f"Line {number}" for number in range(20, 40)]


def told(db):
    return sorted(one.name.rpartition("_")[2] for one in db.query(Notice))


def test_both_are_reminded_once_whichever_way_the_clock_goes(clock, db, run, sofia, carla):
    contract = make_contract(db, sofia, carla)
    starts_at = AT + 30 * HOUR
    bring(db, contract, to=SessionStatus.SCHEDULED, starts_at=starts_at)
    for hours, names in (
        (25, []),
        (23, ["day"] * 2),  # jumped over the moment itself
        (28, ["day"] * 2),
        (24, ["day"] * 2),
        (0.5, ["day"] * 2 + ["hour"] * 2),
        (5, ["day"] * 2 + ["hour"] * 2),
        (0.9, ["day"] * 2 + ["hour"] * 2),
    ):
        clock.move_to(starts_at - hours * HOUR)
        run(remind_of_sessions)
        assert told(db) == names


def test_deadlines_are_met_once(clock, db, run, sofia, carla):
    wanted = make_request(db, sofia, expires_at=AT + 2 * HOUR)
    contract = make_contract(db, sofia, carla)
    held = bring(db, contract, to=SessionStatus.SCHEDULED, starts_at=AT + HOUR)
    left = []
    for hours in (4, -1, 3, 80):
        clock.move_to(AT + hours * HOUR)
        run(meet_deadlines)
        run(keep_sessions_up)
        left.append([db.query(model).count() for model in (Event, Notice, OutgoingMail)])
    assert wanted.status is RequestStatus.EXPIRED
    assert held.status in (SessionStatus.ENDED, SessionStatus.COMPLETED)
    assert left[0] == left[1] == left[2]


def test_a_form_sent_again_is_one_deed(clock, browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla, student_wrote_at=AT)
    make_message(db, thread, sofia, "Before")
    hers = browser.as_(sofia)
    for hours in (0, 5, -5, 1):
        clock.move_to(AT + hours * HOUR)
        hers.post(f"/messages/{thread.id}", {"text": "Once", "form_key": "once"})
    db.expire_all()
    assert thread.last_number == 2
