from datetime import timedelta

import pytest

from app.actions.proposal_drafts import delete_draft, save_draft
from app.actions.proposals import submit_proposal
from app.clock import now
from app.errors import WrongState
from app.forms.proposals import ProposalForm
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.proposals import Proposal, ProposalAnswer, ProposalStatus
from tests.factories import make_answer, make_proposal, make_request

FORM = ProposalForm(
    message="We read a page, then we talk about it. " * 4, sessions=6, minutes=50, price=1850
)


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, questions=("Where did you learn?",))


def test_what_carla_typed_is_kept_in_one_place(db, wanted, carla, viewer):
    first = save_draft(db, wanted, {"message": ["We"], "action": ["save"]}, by=viewer(carla))
    again = save_draft(db, wanted, {"message": ["We would"]}, by=viewer(carla))
    assert first is again and again.typed == {"message": ["We would"]}
    assert again.status is ProposalStatus.DRAFT and again.submitted_at is None
    assert [event.name for event in db.query(Event)] == ["proposal.drafted"]


def test_a_draft_becomes_what_was_sent(db, wanted, carla, viewer):
    draft = save_draft(db, wanted, {"message": ["We"]}, by=viewer(carla))
    sent = submit_proposal(db, wanted, FORM, by=viewer(carla))
    assert sent.id == draft.id and sent.typed is None and sent.is_pending
    assert sent.message == FORM.message and sent.expires_at == sent.submitted_at + timedelta(30)
    last = db.query(Event).filter_by(name="proposal.submitted").one()
    assert (last.from_status, last.to_status) == ("draft", "submitted")
    with pytest.raises(WrongState, match="already sent"):
        save_draft(db, wanted, {"message": ["Late"]}, by=viewer(carla))


@pytest.mark.parametrize("status", [ProposalStatus.DECLINED, ProposalStatus.NOT_SELECTED])
def test_after_an_answer_nothing_is_begun(db, wanted, carla, viewer, status):
    make_proposal(db, wanted, carla, status=status)
    with pytest.raises(WrongState):
        save_draft(db, wanted, {"message": ["We"]}, by=viewer(carla))


@pytest.mark.parametrize("status", [RequestStatus.PAUSED, RequestStatus.CLOSED])
def test_nothing_is_begun_for_a_request_that_is_not_open(db, wanted, carla, viewer, status):
    wanted.status = status
    with pytest.raises(WrongState, match="no longer open"):
        save_draft(db, wanted, {"message": ["We"]}, by=viewer(carla))
    wanted.status, wanted.expires_at = RequestStatus.OPEN, now()
    with pytest.raises(WrongState, match="no longer open"):
        save_draft(db, wanted, {"message": ["We"]}, by=viewer(carla))


def test_a_draft_goes_with_its_answers_and_leaves_its_history(db, wanted, carla, viewer):
    draft = make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
    db.refresh(wanted, ["questions"])
    make_answer(db, draft, wanted.questions[0])
    number = draft.id
    delete_draft(db, draft, by=viewer(carla))
    db.flush()
    assert db.query(Proposal).count() == db.query(ProposalAnswer).count() == 0
    event = db.query(Event).one()
    assert (event.name, event.subject_id, event.actor_id) == ("proposal.deleted", number, carla.id)


def test_what_was_sent_stays(db, wanted, carla, viewer):
    with pytest.raises(WrongState, match="has been sent"):
        delete_draft(db, make_proposal(db, wanted, carla), by=viewer(carla))
