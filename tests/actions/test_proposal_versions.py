from datetime import timedelta

import pytest

from app.actions.proposal_versions import update_proposal
from app.clock import now
from app.errors import Refused, WrongState
from app.forms.proposal_versions import ChangeForm
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.outgoing_mail import OutgoingMail
from db.models.proposal_versions import ProposalVersion
from tests.factories import make_proposal, make_request

PLAN = "We read a page, then we talk about it, and then we write down what was new to us. " * 2
TERMS = {"message": PLAN.strip(), "sessions": 6, "minutes": 60, "price": 1800}


@pytest.fixture
def proposal(db, sofia, carla):
    wanted = make_request(db, sofia, currency="EUR")
    made = make_proposal(db, wanted, carla, currency="EUR", **TERMS)
    db.refresh(made, ["learning_request"])
    return made


def change(**but):
    return ChangeForm(**{**TERMS, "version": 1, **but})


def test_what_nobody_has_read_is_written_over(db, proposal, carla, viewer):
    expires_at = proposal.expires_at
    assert update_proposal(db, proposal, change(price=1700), by=viewer(carla))
    assert (proposal.price, proposal.version, proposal.expires_at) == (1700, 1, expires_at)
    assert db.query(ProposalVersion).count() == db.query(OutgoingMail).count() == 0


def test_what_was_read_is_kept_and_the_student_told_once(db, proposal, carla, sofia, viewer):
    proposal.first_viewed_at = now()
    assert update_proposal(db, proposal, change(price=1700, sessions=7), by=viewer(carla))
    assert proposal.version == 2 and proposal.expires_at > now() + timedelta(days=29)
    assert db.query(ProposalVersion).one().price == 1800
    assert db.query(OutgoingMail).one().recipient == sofia.email
    event = db.query(Event).one()
    assert event.name == "proposal.updated" and event.detail["version"] == 2
    assert event.detail["changed"] == ["sessions", "price"]


@pytest.mark.parametrize("is_read", [False, True])
def test_the_same_words_are_no_change(db, proposal, carla, viewer, is_read):
    proposal.first_viewed_at = now() if is_read else None
    assert not update_proposal(db, proposal, change(), by=viewer(carla))
    assert db.query(Event).count() == db.query(ProposalVersion).count() == 0


def test_an_older_version_changes_nothing(db, proposal, carla, viewer):
    proposal.version = 3
    with pytest.raises(WrongState, match="changed meanwhile"):
        update_proposal(db, proposal, change(version=2, price=1), by=viewer(carla))
    assert proposal.price == 1800


def test_the_currency_is_one_of_those_that_were_offered(db, proposal, carla, viewer):
    with pytest.raises(Refused):
        update_proposal(db, proposal, change(currency="JPY"), by=viewer(carla))
    assert update_proposal(db, proposal, change(currency="USD"), by=viewer(carla))
    assert proposal.currency == "USD"


def test_no_mail_goes_to_a_suspended_student(db, proposal, carla, sofia, viewer):
    proposal.first_viewed_at, sofia.status = now(), AccountStatus.SUSPENDED
    db.flush()
    assert update_proposal(db, proposal, change(price=1700), by=viewer(carla))
    assert proposal.version == 2 and db.query(OutgoingMail).count() == 0
