"""The clock and sessions: written down once, by however many nodes, and right when that is late."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs import learning_sessions as job
from app.jobs.learning_sessions import keep_sessions_up
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.ledger import LedgerTransaction
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from db.queries import session_deadlines
from tests.contract_factories import bring, make_contract, session_of
from tests.patience import PATIENCE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SCHEDULED, ENDED = SessionStatus.SCHEDULED, SessionStatus.ENDED


@pytest.fixture
def contract(db, sofia, carla):
    return make_contract(db, sofia, carla)


@pytest.fixture
def run(settings, database, db):
    def run_once():
        db.commit()
        keep_sessions_up(settings, database, threading.Event())
        db.expire_all()

    return run_once


def names(db):
    return [event.name for event in db.query(Event).filter_by(subject="session").order_by(Event.id)]


def test_carlas_offer_runs_out_and_the_agreed_time_holds(db, run, contract):
    session = bring(db, contract, to=SCHEDULED)
    session.status, session.answer_by = SessionStatus.PROPOSED, now()
    session.offered_by, session.offered_starts_at = Side.COACH, now() + 3 * DAY
    other = bring(db, contract, 2, to=SessionStatus.PROPOSED, answer_by=now())
    run()
    assert (session.status, other.status) == (SCHEDULED, SessionStatus.UNSCHEDULED)
    assert not session.offered_starts_at and not other.answer_by
    assert db.query(SessionClaim).filter_by(session_id=session.id).count() == 24
    assert names(db) == ["session.lapsed", "session.lapsed"]
    told = {one.detail["session"]: one for one in db.query(Notice)}
    assert {one.account_id for one in told.values()} == {contract.coach_id}
    assert {one.name for one in told.values()} == {"session_lapsed"}
    assert told[session.id].detail["holds"] and "holds" not in told[other.id].detail
    assert [mail.template for mail in db.query(OutgoingMail)] == ["session_lapsed"] * 2


def test_sofia_is_asked_to_confirm_what_is_over(db, run, sofia, carla, contract):
    session = bring(db, contract, to=SCHEDULED, starts_at=now() - HOUR)
    ahead = bring(db, contract, 2, to=SCHEDULED)
    run()
    run()
    assert (session.status, session.ended_at) == (ENDED, session.ends_at)
    assert ahead.status is SCHEDULED
    [notice] = db.query(Notice)
    assert (notice.name, notice.account_id, notice.side) == (
        "session_ended", sofia.id, Side.STUDENT,
    )  # fmt: skip
    assert notice.path == f"/sessions/{session.id}" and notice.detail["who"] == carla.name
    assert [mail.template for mail in db.query(OutgoingMail)] == ["session_ended"]


def test_what_sofia_never_confirms_counts_after_72_hours(db, run, contract):
    session = bring(db, contract, to=ENDED, starts_at=now() - HOUR - timedelta(hours=72))
    fresh = bring(db, contract, 2, to=ENDED)
    run()
    run()
    assert (session.status, fresh.status) == (SessionStatus.COMPLETED, ENDED)
    assert session.finished_at == session.confirm_by
    [posted] = db.query(LedgerTransaction)
    assert (posted.session_id, posted.posted_at) == (session.id, session.confirm_by)


def test_a_late_clock_does_all_of_it_at_once_and_asks_sofia_nothing(db, run, sofia, carla):
    contract = make_contract(db, sofia, carla, sessions=1)
    session = bring(db, contract, to=SCHEDULED, starts_at=now() - 9 * DAY)
    assert session.status_at(now()) is SessionStatus.COMPLETED
    run()
    assert session.status is SessionStatus.COMPLETED
    assert names(db) == ["session.ended", "session.completed"]
    assert db.query(Notice).filter_by(name="session_ended").count() == 0
    db.refresh(contract)
    assert contract.status is ContractStatus.COMPLETED


def test_what_was_reported_waits_for_people(db, run, contract):
    session = bring(db, contract, to=SessionStatus.PROBLEM, starts_at=now() - 30 * DAY)
    run()
    assert session.status is SessionStatus.PROBLEM


def test_one_of_carlas_sessions_that_fails_keeps_no_other(db, run, contract, monkeypatch):
    for number in (1, 2, 3):
        bring(db, contract, number, to=SCHEDULED, starts_at=now() - number * 2 * HOUR)
    broken, real = session_of(db, contract, 2).id, job.catch_up

    def failing(db, contract, session):
        if session.id == broken:
            raise OSError("not today")
        real(db, contract, session)

    monkeypatch.setattr(job, "catch_up", failing)
    with pytest.raises(OSError, match="not today"):
        run()
    db.expire_all()
    found = [session_of(db, contract, number).status for number in (1, 2, 3)]
    assert found == [ENDED, SCHEDULED, ENDED]


def test_what_somebody_holds_is_left_to_them(engines, real_database, db, sofia, carla):
    if real_database.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has one writer")
    contract = make_contract(db, sofia, carla)
    session = bring(db, contract, to=SCHEDULED, starts_at=now() - HOUR)
    db.commit()
    with real_database.writing() as one, real_database.writing() as other:
        assert session_deadlines.session(one, session.id, now()) is not None
        assert session_deadlines.session(other, session.id, now()) is None


def test_two_nodes_post_carlas_sessions_once(settings, real_database, db, sofia, carla):
    contract = make_contract(db, sofia, carla, sessions=8)
    for number in range(1, 9):
        start = now() - number * 2 * HOUR - 4 * DAY
        bring(db, contract, number, to=ENDED, starts_at=start)
    db.commit()
    stop = threading.Event()
    with ThreadPoolExecutor(2) as nodes:
        both = [nodes.submit(keep_sessions_up, settings, real_database, stop) for _ in range(2)]
        for node in both:
            node.result(timeout=PATIENCE)
    keep_sessions_up(settings, real_database, stop)  # what either left to the other
    db.expire_all()
    assert db.query(LedgerTransaction).count() == 8
    assert contract.status is ContractStatus.COMPLETED
    assert names(db).count("session.completed") == 8
