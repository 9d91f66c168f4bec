"""Two people whose contract has ended, after one session."""

import threading
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs.reviews import look_after_reviews
from db.models.contracts import ContractStatus
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot


@pytest.fixture
def ended(db):
    """`ended(sofia, carla)`: over for an hour, with a session that took place."""

    def make(student, coach, **but):
        but = {"status": ContractStatus.ENDED_EARLY, "ended_at": now()} | but
        contract = make_contract(db, student, coach, **but)
        at = on_the_slot(now() - timedelta(days=2, hours=2 * contract.id))
        bring(db, contract, 1, to=SessionStatus.COMPLETED, starts_at=at)
        return contract

    return make


@pytest.fixture
def contract(ended, sofia, carla):
    return ended(sofia, carla)


@pytest.fixture
def clock(settings, database, db):
    """Let the job look after reviews once."""

    def run():
        db.commit()
        look_after_reviews(settings, database, threading.Event())
        db.expire_all()

    return run
