from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.actions.contracts import open_contract
from app.actions.session_outcomes import catch_up
from app.clock import now
from app.fees import FEE
from db.models.contracts import Contract, ContractStatus
from db.models.events import Event
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot, with_contract
from tests.factories import make_proposal, make_request

DAY = timedelta(days=1)


def test_sofias_contract_keeps_the_terms_she_accepted(db, sofia, carla, viewer):
    wanted = make_request(db, sofia, currency="EUR")
    proposal = make_proposal(db, wanted, carla, currency="EUR", version=3, minutes=45, price=1850)
    open_contract(db, wanted, proposal, by=viewer(sofia))
    proposal.price, proposal.sessions = 9900, 50
    db.commit()
    contract = db.query(Contract).one()
    assert (contract.student_id, contract.coach_id) == (sofia.id, carla.id)
    assert (contract.request_id, contract.proposal_id) == (wanted.id, proposal.id)
    assert (contract.sessions, contract.minutes, contract.price) == (6, 45, 1850)
    assert (contract.currency, contract.proposal_version) == ("EUR", 3)
    assert (contract.fee, contract.cancellation_hours) == (FEE, 12)
    assert contract.status is ContractStatus.ACTIVE
    assert [event.name for event in db.query(Event)] == ["contract.opened"]


def test_sofia_has_one_contract_for_a_request(db, sofia, carla, cole, viewer):
    wanted = make_request(db, sofia)
    open_contract(db, wanted, make_proposal(db, wanted, carla), by=viewer(sofia))
    with pytest.raises(IntegrityError):
        open_contract(db, wanted, make_proposal(db, wanted, cole), by=viewer(sofia))


def test_one_ended_with_its_last_session_however_late_that_is_written_down(db, sofia, carla):
    over = make_contract(db, sofia, carla, sessions=2)
    first = on_the_slot(now() - 30 * DAY)
    bring(db, over, 1, to=SessionStatus.COMPLETED, starts_at=first, finished_at=first + DAY)
    last = bring(db, over, 2, to=SessionStatus.ENDED, starts_at=on_the_slot(now() - 9 * DAY))
    catch_up(db, over, with_contract(db, last))
    assert over.status is ContractStatus.COMPLETED
    assert over.ended_at == last.confirm_by < now() - 5 * DAY
