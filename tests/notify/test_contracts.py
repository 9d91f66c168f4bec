"""What the two are told of their contract as a whole, in the list and by mail."""

import pytest
from sqlalchemy import select

from app.actions.contracts import complete_if_done
from db.models.notices import Notice
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def agreed(db, sofia, carla):
    return make_contract(db, sofia, carla, sessions=1, title="Verbs")


def told(db):
    return [(one.name, one.account_id) for one in db.scalars(select(Notice).order_by(Notice.id))]


def test_who_did_it_is_told_nothing(browser, db, mailbox, agreed, sofia, carla):
    carlas = browser.as_(carla)
    carlas.post(f"/contracts/{agreed.id}/pause")
    carlas.post(f"/contracts/{agreed.id}/resume")
    carlas.post(f"/contracts/{agreed.id}/end", {"reason": "I move to Lisbon."})
    names = ("contract_paused", "contract_resumed", "contract_ended")
    assert [one for one in told(db) if one[0] in names] == [(name, sofia.id) for name in names]
    page = browser.as_(sofia).get("/notices")
    assert page.says("Your coach paused your contract") and page.says("I move to Lisbon.")
    letters = {letter.subject: letter.text for letter in mailbox.letters(sofia.email)}
    ended = letters["Your coach ended your contract"]
    assert "“Verbs”" in ended and "I move to Lisbon." in ended
    assert f"https://skileez.test/contracts/{agreed.id}" in ended
    assert not mailbox.letters(carla.email)


def test_both_are_told_when_the_clock_completes_it(db, agreed, sofia, carla):
    bring(db, agreed, 1, to=SessionStatus.COMPLETED)
    complete_if_done(db, agreed, by=None)
    db.flush()
    assert told(db)[:2] == [("contract_completed", sofia.id), ("contract_completed", carla.id)]
