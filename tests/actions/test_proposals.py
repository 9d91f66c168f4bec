from datetime import timedelta

import pytest

from app.actions.proposals import submit_proposal, withdraw_proposal
from app.clock import now
from app.errors import Refused, TooMany, WrongState
from app.forms.proposals import ProposalForm
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.moves import WrongMove
from db.models.proposals import ProposalAnswer, ProposalStatus
from tests.factories import make_coach, make_proposal, make_request, make_student

FORM = ProposalForm(
    message="We read a page, then we talk about it. " * 4,
    sessions=6,
    minutes=50,
    price=1850,
    link_1="https://carla.example/",
)


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, questions=("Where did you learn?",), currency="EUR")


def told(db, subject, thing):
    """The history of a thing: what was done, by whom, from which status to which."""
    events = db.query(Event).filter_by(subject=subject, subject_id=thing.id).order_by(Event.id)
    return [(e.name, e.actor_id, e.side, e.from_status, e.to_status) for e in events]


def test_what_a_coach_sends_is_kept(db, wanted, carla, viewer):
    [question] = _questions(db, wanted)
    form = ProposalForm(**_fields(FORM) | {"answer": {question: "In Seville."}})
    proposal = submit_proposal(db, wanted, form, by=viewer(carla))
    assert proposal.status is ProposalStatus.SUBMITTED
    assert (proposal.coach_id, proposal.request_id) == (carla.id, wanted.id)
    assert (proposal.sessions, proposal.minutes, proposal.price) == (6, 50, 1850)
    assert (proposal.currency, proposal.links) == ("EUR", ["https://carla.example/"])
    assert db.get(ProposalAnswer, (proposal.id, question)).text == "In Seville."
    assert told(db, "proposal", proposal) == [
        ("proposal.submitted", carla.id, "coach", None, "submitted")
    ]


def test_one_coach_has_one_living_proposal(db, wanted, carla, viewer):
    submit_proposal(db, wanted, FORM, by=viewer(carla))
    with pytest.raises(WrongState, match="already sent"):
        submit_proposal(db, wanted, FORM, by=viewer(carla))


def test_who_took_it_back_may_propose_once_more(db, wanted, carla, viewer):
    first = submit_proposal(db, wanted, FORM, by=viewer(carla))
    withdraw_proposal(db, first, by=viewer(carla))
    second = submit_proposal(db, wanted, FORM, by=viewer(carla))
    withdraw_proposal(db, second, by=viewer(carla))
    with pytest.raises(WrongState, match="taken back two"):
        submit_proposal(db, wanted, FORM, by=viewer(carla))


def test_who_was_declined_may_not(db, wanted, carla, viewer):
    make_proposal(db, wanted, carla, status=ProposalStatus.DECLINED)
    with pytest.raises(WrongState, match="said no"):
        submit_proposal(db, wanted, FORM, by=viewer(carla))


def test_a_request_that_is_over_takes_none(db, sofia, carla, viewer):
    late = make_request(db, sofia, expires_at=now() - timedelta(minutes=1))
    with pytest.raises(WrongState, match="no longer open"):
        submit_proposal(db, late, FORM, by=viewer(carla))


def test_a_suspended_student_is_sent_none(db, wanted, sofia, carla, viewer):
    sofia.status = AccountStatus.SUSPENDED
    with pytest.raises(WrongState, match="no longer open"):
        submit_proposal(db, wanted, FORM, by=viewer(carla))


def test_the_twenty_sixth_coach_finds_it_full(db, wanted, carla, viewer):
    for _ in range(25):
        make_proposal(db, wanted, make_coach(db))
    with pytest.raises(WrongState, match="full"):
        submit_proposal(db, wanted, FORM, by=viewer(carla))


def test_twenty_may_wait_for_an_answer(db, wanted, carla, viewer):
    student = make_student(db)
    for _ in range(20):
        make_proposal(db, make_request(db, student), carla, submitted_at=now() - timedelta(days=3))
    with pytest.raises(Refused, match="20 of your proposals"):
        submit_proposal(db, wanted, FORM, by=viewer(carla))


def test_ten_may_be_sent_within_a_day(db, wanted, carla, viewer):
    student = make_student(db)
    for hours in range(10):
        make_proposal(
            db,
            make_request(db, student),
            carla,
            status=ProposalStatus.DECLINED,
            submitted_at=now() - timedelta(hours=hours),
        )
    with pytest.raises(TooMany, match="10 proposals within a day") as refused:
        submit_proposal(db, wanted, FORM, by=viewer(carla))
    assert timedelta(hours=14) < timedelta(seconds=refused.value.seconds) <= timedelta(hours=15)


@pytest.mark.parametrize(
    "status", [ProposalStatus.ACCEPTED, ProposalStatus.DECLINED, ProposalStatus.NOT_SELECTED]
)
def test_an_answered_proposal_cannot_be_taken_back(db, wanted, carla, viewer, status):
    proposal = make_proposal(db, wanted, carla, status=status)
    with pytest.raises(WrongMove):
        withdraw_proposal(db, proposal, by=viewer(carla))


def _questions(db, wanted):
    db.refresh(wanted, ["questions"])
    return [question.id for question in wanted.questions]


def _fields(form):
    return {name: getattr(form, name) for name in form.__struct_fields__}
