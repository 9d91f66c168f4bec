"""Two who end or pause a contract at once: it happens once, and each session ends once."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.contracts import Contract, ContractStatus
from db.models.events import Event
from db.models.ledger import LedgerTransaction
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.races.conftest import Round

pytestmark = pytest.mark.usefixtures("real_database")
ROUNDS = 20


@pytest.fixture
def contracts(real_database, db, sofia, carla):
    """Each with a session whose deadline has passed, one that lies far ahead, and one open."""
    made = []
    for number in range(ROUNDS):
        contract = make_contract(db, sofia, carla, sessions=3, minutes=25)
        soon = on_the_slot(now() + timedelta(hours=1, minutes=30 * number))
        bring(db, contract, 1, to=SessionStatus.SCHEDULED, starts_at=soon)
        later = on_the_slot(now() + timedelta(days=9, minutes=30 * number))
        bring(db, contract, 2, to=SessionStatus.SCHEDULED, starts_at=later)
        made.append(Round(number, contract.id, 0, 0, 0))
    return made


def test_both_end_it_and_one_of_them_is_too_late(race, presses, db, contracts, sofia, carla):
    one = presses(sofia, "/contracts/{request}/end", reason="I move sooner.")
    other = presses(carla, "/contracts/{request}/end", reason="I am ill.")
    found = race(contracts, one, other)
    assert {tuple(sorted(each.status for each in pair)) for pair in found} == {(303, 409)}
    db.expire_all()
    assert db.query(Event).filter_by(name="contract.ended").count() == ROUNDS
    assert db.query(Event).filter_by(name="session.cancelled").count() == 2 * ROUNDS
    assert db.query(SessionClaim).count() == 0
    by_sofia = db.query(Contract).filter_by(ended_by="student").count()
    assert db.query(LedgerTransaction).count() == by_sofia


def test_one_pauses_while_the_other_ends(race, presses, db, contracts, sofia, carla):
    one = presses(sofia, "/contracts/{request}/pause")
    other = presses(carla, "/contracts/{request}/end", reason="I am ill.")
    race(contracts, one, other)
    db.expire_all()
    assert {one.status for one in db.query(Contract)} == {ContractStatus.ENDED_EARLY}
