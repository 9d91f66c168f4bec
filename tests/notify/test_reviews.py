"""What is told about reviews gives nothing away, and reaches whom it is for."""

from datetime import timedelta

import pytest

from app.actions.reviews import invite_to_review, publish_review, remind_of_review
from app.clock import now
from db.models.accounts import AccountStatus
from db.models.contracts import ContractStatus
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from tests.contract_factories import make_contract, make_review


@pytest.fixture
def ended(db, sofia, carla):
    def make():
        over = {"status": ContractStatus.COMPLETED, "ended_at": now() - timedelta(days=11)}
        contract = make_contract(db, sofia, carla, **over)
        db.refresh(contract, ["learning_request"])
        return contract

    return make


def told(db, account, contract):
    """Without what differs between any two contracts."""
    found = db.query(Notice).filter_by(account_id=account.id).order_by(Notice.id)
    mine = [one for one in found if one.detail["contract"] == contract.id]
    return [(one.name, one.side, one.kind, one.detail | {"contract": 0}) for one in mine]


def test_carla_is_told_the_same_whether_sofia_has_written_or_not(db, ended, sofia, carla):
    quiet, silent = ended(), ended()
    make_review(db, silent, sofia)
    for contract in (quiet, silent):
        invite_to_review(db, contract)
        remind_of_review(db, contract)
    assert told(db, carla, quiet) == told(db, carla, silent)
    assert [one[0] for one in told(db, carla, quiet)] == ["review_invited", "review_closing"]
    assert told(db, sofia, silent) == [], "she has written, and knows it"
    mails = [mail.detail for mail in db.query(OutgoingMail).filter_by(recipient=carla.email)]
    assert len(mails) == 4 and not any(set(one) & {"stars", "text"} for one in mails)


def test_what_is_published_is_told_to_whom_it_is_about(db, ended, sofia, carla):
    contract = ended()
    publish_review(db, contract, make_review(db, contract, carla, text="Canary"))
    [(name, side, kind, detail)] = told(db, sofia, contract)
    assert (name, side, kind) == ("review_published", "student", "review")
    assert "Canary" not in str(detail) and told(db, carla, contract) == []


def test_who_is_suspended_hears_nothing(db, ended, sofia):
    contract = ended()
    sofia.status = AccountStatus.SUSPENDED
    invite_to_review(db, contract)
    assert told(db, sofia, contract) == []
