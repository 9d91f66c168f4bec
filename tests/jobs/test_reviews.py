"""Reviews open when their time is over: once, by however many nodes, and to readers in any case."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from app.actions.reviews import invite_to_review
from app.clock import now
from app.jobs.reviews import look_after_reviews
from db.engine import Database
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.profiles import CoachProfile
from db.models.session_states import SessionStatus
from db.queries import review_deadlines
from tests.contract_factories import bring, make_contract, make_review, on_the_slot
from tests.patience import PATIENCE, until

DAY = timedelta(days=1)


@pytest.fixture
def ended(db, sofia, carla):
    def make(*, ago=timedelta(hours=1), completed=1):
        status = ContractStatus.ENDED_EARLY if completed < 6 else ContractStatus.COMPLETED
        contract = make_contract(db, sofia, carla, status=status, ended_at=now() - ago)
        for number in range(1, completed + 1):
            at = on_the_slot(now() - timedelta(days=20 + 2 * number, hours=2 * contract.id))
            bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=at)
        return contract

    return make


@pytest.fixture
def run(settings, database, db):
    def run_once():
        db.commit()
        look_after_reviews(settings, database, threading.Event())
        db.expire_all()

    return run_once


def told(db, account, name):
    return db.query(Notice).filter_by(account_id=account.id, name=name).count()


def test_sofias_review_opens_when_the_14_days_are_over(browser, db, run, ended, sofia, carla):
    review = make_review(db, ended(ago=14 * DAY), sofia, text="I dared to speak.")
    waits = make_review(db, ended(ago=13 * DAY), sofia)
    run()
    assert review.published_at == review.opens_at and waits.published_at is None
    assert db.get(CoachProfile, carla.id).review_count == 1
    assert told(db, carla, "review_published") == 1 and told(db, sofia, "review_published") == 0
    assert db.query(OutgoingMail).filter_by(template="review_published").count() == 1
    run()
    assert told(db, carla, "review_published") == 1
    assert db.query(Event).filter_by(name="review.published").count() == 1


def test_a_late_job_changes_nothing_anybody_reads(browser, db, run, ended, sofia, carla):
    for stars in (5, 4, 2):
        make_review(db, ended(ago=15 * DAY), sofia, stars=stars, text=f"{stars} of five, I say.")
    pages = [browser.as_guest(), browser.as_(sofia)]
    for asking in pages:
        asking.cookies["seen"] = "1"

    def read():
        return [one.get("/coaches/carla-ruiz").response.text for one in pages]

    before = read()
    assert all("3 of five" not in text and "4 of five" in text for text in before)
    run()
    assert [len(text) for text in read()] == [len(text) for text in before]
    assert browser.as_guest().get("/coaches/carla-ruiz").says("3.7 of 5 stars")


def test_many_nodes_open_it_once(real_database, settings, db, ended, sofia, carla):
    for _ in range(5):
        make_review(db, ended(ago=15 * DAY), sofia)
    db.commit()
    nodes = [Database(settings.database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(look_after_reviews, settings, node, threading.Event())
                     for node in nodes]:  # fmt: skip
            done.result()
    for node in nodes:
        node.dispose()
    look_after_reviews(settings, real_database, threading.Event())
    db.expire_all()
    assert db.query(Event).filter_by(name="review.published").count() == 5
    assert told(db, carla, "review_published") == 5
    coach = db.get(CoachProfile, carla.id)
    assert (coach.rating, coach.review_count) == (500, 5)


def test_a_slow_look_of_one_node_does_not_ask_sofia_again(real_database, db, ended, sofia):
    """It began before the other node's invitation was kept, and comes to the row afterwards."""
    if real_database.is_sqlite:
        pytest.skip("SQLite has one writer")
    number = ended().id
    db.commit()

    @event.listens_for(real_database.engine, "before_cursor_execute", retval=True)
    def slowly(connection, cursor, statement, values, *_):
        locks = "FROM contracts" in statement and " FOR " in statement
        if locks and threading.current_thread() is not threading.main_thread():
            waits = "WHERE pg_advisory_xact_lock(7)::text = '' AND "
            statement = statement.replace("WHERE ", waits, 1)
        return statement, values

    def other_node():
        with real_database.writing() as own:
            return review_deadlines.invitation(own, number, now())

    waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with ThreadPoolExecutor(1) as pool:
        with real_database.writing() as holder:
            holder.execute(text("SELECT pg_advisory_xact_lock(7)"))
            slow = pool.submit(other_node)
            until(lambda: holder.scalar(waits), unless=slow.done)
            with real_database.writing() as quick:
                invite_to_review(quick, review_deadlines.invitation(quick, number, now()))
        assert slow.result(PATIENCE) is None
    db.expire_all()
    assert told(db, sofia, "review_invited") == 1


def test_the_two_are_asked_once_and_reminded_once(db, run, ended, sofia, carla):
    contract, silent = ended(), ended(completed=0)
    run(), run()
    assert told(db, sofia, "review_invited") == told(db, carla, "review_invited") == 1
    make_review(db, contract, carla)
    contract.ended_at = now() - 11 * DAY - timedelta(minutes=1)
    silent.ended_at = contract.ended_at
    run(), run()
    assert told(db, sofia, "review_closing") == 1 and told(db, carla, "review_closing") == 0
    assert db.query(Notice).filter_by(account_id=carla.id).count() == 1


def test_a_session_that_counts_later_asks_later(db, run, ended, sofia):
    contract = ended(completed=0)
    run()
    assert told(db, sofia, "review_invited") == 0
    bring(db, contract, 1, to=SessionStatus.COMPLETED)
    run()
    assert told(db, sofia, "review_invited") == 1
