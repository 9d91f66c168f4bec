"""The page of a contract, the list of one's own, and pausing, resuming and ending one early."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import now
from db.models.contracts import ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.notices import Notice
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, session_of


@pytest.fixture
def agreed(db, sofia, carla):
    return make_contract(db, sofia, carla, sessions=3, price=1800, minutes=60)


def test_both_read_their_contract_and_each_the_other_ones_name(browser, agreed, sofia, carla):
    sofias = seen(browser.as_(sofia).get(f"/contracts/{agreed.id}"))
    carlas = seen(browser.as_(carla).get(f"/contracts/{agreed.id}"))
    assert "with" in sofias and "Carla Ruiz" in sofias and "You receive" not in sofias
    assert "Sofia Mwangi" in carlas and "$16.20 each" in carlas
    assert "3 × 60 minutes" in sofias and "$54" in sofias


def test_nobody_else_finds_it(browser, agreed, sam, cole, mina):
    for person in (sam, cole, mina):
        assert browser.as_(person).get(f"/contracts/{agreed.id}").is_not_found


def test_the_list_has_what_runs_and_what_is_over(browser, db, agreed, sofia, carla):
    over = make_contract(db, sofia, carla, title="Greetings", status=ContractStatus.COMPLETED)
    page = browser.as_(sofia).get("/contracts")
    assert agreed.number in seen(page) and over.number not in seen(page)
    page = browser.as_(sofia).get("/contracts?show=over")
    assert over.number in seen(page) and agreed.number not in seen(page)
    assert "No running contracts" in browser.as_(carla).get("/contracts?side=student").text


def test_nonsense_in_the_address_of_the_list_is_not_found(browser, sofia):
    assert browser.as_(sofia).get("/contracts?side=both").is_not_found
    assert browser.as_(sofia).get("/contracts?show=all").is_not_found


def test_carla_pauses_and_an_offered_time_falls_away(browser, db, agreed, sofia, carla):
    bring(db, agreed, 1, to=SessionStatus.PROPOSED)
    bring(db, agreed, 2, to=SessionStatus.SCHEDULED)
    page = browser.as_(carla).get(f"/contracts/{agreed.id}")
    page.form("pause").submit().leads_to(f"/contracts/{agreed.id}")
    db.expire_all()
    assert agreed.status is ContractStatus.PAUSED
    assert [one.status for one in _sessions(db, agreed)][:2] == [
        SessionStatus.UNSCHEDULED,
        SessionStatus.SCHEDULED,
    ]
    assert [one.name for one in db.scalars(select(Notice))] == ["contract_paused"]
    sofias = browser.as_(sofia)
    assert sofias.get(f"/contracts/{agreed.id}").says("Carla paused this contract")
    assert sofias.post(f"/contracts/{agreed.id}/resume").is_not_allowed
    browser.as_(carla).get(f"/contracts/{agreed.id}").form("resume").submit()
    db.expire_all()
    assert agreed.status is ContractStatus.ACTIVE and agreed.paused_by is None


def test_who_pauses_second_is_told_so(browser, agreed, sofia, carla):
    browser.as_(carla).post(f"/contracts/{agreed.id}/pause")
    assert browser.as_(sofia).post(f"/contracts/{agreed.id}/pause").is_conflict


def test_ending_asks_for_a_reason(browser, db, agreed, sofia):
    page = browser.as_(sofia).get(f"/contracts/{agreed.id}")
    again = page.form("end").submit()
    assert again.is_redisplay and again.one("#end")
    db.expire_all()
    assert agreed.status is ContractStatus.ACTIVE
    part = browser.htmx.as_(sofia).post(f"/contracts/{agreed.id}/end", {"reason": ""})
    assert part.one("#end form")


def test_sofia_ends_it_and_each_session_ends_as_it_stands(browser, db, sofia, carla):
    agreed = make_contract(db, sofia, carla, sessions=5)
    bring(db, agreed, 1, to=SessionStatus.COMPLETED, starts_at=_slot(-9))
    bring(db, agreed, 2, to=SessionStatus.ENDED, starts_at=_slot(-2))
    bring(db, agreed, 3, to=SessionStatus.SCHEDULED, starts_at=_slot(2))
    bring(db, agreed, 4, to=SessionStatus.SCHEDULED, starts_at=_slot(48))
    browser.as_(sofia).post(
        f"/contracts/{agreed.id}/end", {"reason": "I move sooner.", "owed": "1"}
    )
    db.expire_all()
    assert [one.status for one in _sessions(db, agreed)] == [
        SessionStatus.COMPLETED,
        SessionStatus.ENDED,
        SessionStatus.CANCELLED_LATE,
        SessionStatus.CANCELLED_EARLY,
        SessionStatus.VOID,
    ]
    assert agreed.status is ContractStatus.ENDED_EARLY
    page = browser.as_(carla).get(f"/contracts/{agreed.id}")
    assert "I move sooner." in page.text and "ended the contract early" in page.text
    late = browser.as_(carla).post(f"/contracts/{agreed.id}/end", {"reason": "Too late."})
    assert late.is_conflict


def test_an_offer_in_place_of_an_agreed_time_ends_with_that_time(browser, db, agreed, carla):
    bring(db, agreed, 1, to=SessionStatus.SCHEDULED, starts_at=_slot(48))
    bring(db, agreed, 1, to=SessionStatus.PROPOSED, starts_at=_slot(50))
    browser.as_(carla).post(f"/contracts/{agreed.id}/end", {"reason": "I am ill."})
    db.expire_all()
    assert session_of(db, agreed, 1).status is SessionStatus.CANCELLED_EARLY


def test_an_offer_that_ran_out_unwritten_ends_with_the_contract(browser, db, agreed, sofia, carla):
    lapsed = {"to": SessionStatus.PROPOSED, "answer_by": now() - timedelta(minutes=1)}
    bring(db, agreed, 1, **lapsed)
    page = browser.as_(sofia).post(f"/contracts/{agreed.id}/end", {"reason": "I move."})
    assert page.status < 400
    db.expire_all()
    assert session_of(db, agreed, 1).status is SessionStatus.VOID


def seen(page):
    return " ".join(page.one("main").get_text(" ").split())


def _slot(hours):
    at = now().replace(minute=0, second=0, microsecond=0)
    return at + timedelta(hours=hours)


def _sessions(db, agreed):
    query = select(LearningSession).where(LearningSession.contract_id == agreed.id)
    return db.scalars(query.order_by(LearningSession.number)).all()
