"""Who is told how a session went, and by which name they know the other one."""

from datetime import timedelta

import pytest

from app.clock import now
from app.events import record
from app.notify import session_outcomes as tell
from db.models.contracts import Contract, ContractStatus
from db.models.notices import Notice
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract


@pytest.fixture
def session(db, sofia, carla):
    return bring(db, make_contract(db, sofia, carla), to=SessionStatus.ENDED)


def test_sofia_is_asked_until_when_she_can_say_how_it_went(db, session, sofia, carla):
    tell.session_ended(db, session, record(db, "session.ended", by=None, subject=session))
    [notice] = db.query(Notice)
    assert notice.account_id == sofia.id and notice.detail["who"] == carla.name
    assert notice.detail["until"] == session.confirm_by.isoformat()
    assert notice.created_at <= now()


def test_both_hear_what_mina_decided(db, session, sofia, carla):
    session.status = SessionStatus.RESOLVED
    event = record(db, "session.decided", by=None, subject=session)
    tell.session_decided(db, session, event, "The line was gone.\n\nFor both.")
    found = {one.account_id: one.detail for one in db.query(Notice)}
    assert found.keys() == {sofia.id, carla.id}
    assert found[carla.id]["who"] == "Sofia"  # kept, so no more than she may always know
    assert found[sofia.id]["reason"] == ["The line was gone.", "For both."]


def test_the_list_names_a_student_as_the_coach_may_know_her_by_then(browser, db, session, carla):
    event = record(db, "session.no_show", by=None, subject=session)
    tell.session_no_show(db, session, event, carla.id)
    db.commit()
    assert browser.as_(carla).get("/notices").says("Sofia Mwangi says that you did not come")
    contract = db.get_one(Contract, session.contract_id)
    contract.status, contract.ended_at = ContractStatus.ENDED_EARLY, now() - timedelta(days=90)
    db.commit()
    page = browser.as_(carla).get("/notices")
    assert page.says("Sofia says that you did not come") and "Mwangi" not in page.text


def test_a_suspended_sofia_hears_nothing(db, session, sofia):
    sofia.status = "suspended"
    tell.session_ended(db, session, record(db, "session.ended", by=None, subject=session))
    assert not db.query(Notice).count()
