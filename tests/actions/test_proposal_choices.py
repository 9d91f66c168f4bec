from datetime import timedelta

import pytest

from app.actions.proposal_choices import (
    accept_proposal,
    decline_proposal,
    expire_proposals,
    mark_viewed,
)
from app.clock import now
from app.errors import WrongState
from app.forms.proposal_choices import AcceptForm, DeclineForm
from db.models.accounts import AccountStatus
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import DeclineReason, Proposal, ProposalStatus
from db.models.threads import Thread
from tests.factories import make_coach, make_proposal, make_request

AS_READ = AcceptForm(version=1)


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, questions=("Where did you learn?",), currency="EUR")


def told(db, subject, thing):
    """The history of a thing: what was done, by whom, from which status to which."""
    events = db.query(Event).filter_by(subject=subject, subject_id=thing.id).order_by(Event.id)
    return [(e.name, e.actor_id, e.side, e.from_status, e.to_status) for e in events]


def test_accepting_ends_everything_at_once(db, wanted, sofia, carla, cole, dora, viewer):
    chosen = make_proposal(db, wanted, carla)
    others = [make_proposal(db, wanted, coach) for coach in (cole, dora)]
    gone = make_proposal(db, wanted, make_coach(db), status=ProposalStatus.WITHDRAWN)
    _loaded(db, chosen)
    thread = accept_proposal(db, chosen, AS_READ, by=viewer(sofia))
    assert chosen.status is ProposalStatus.ACCEPTED and chosen.ended_at
    assert wanted.status is RequestStatus.FILLED and wanted.ended_at
    assert {other.status for other in others} == {ProposalStatus.NOT_SELECTED}
    assert gone.status is ProposalStatus.WITHDRAWN
    assert (thread.student_id, thread.coach_id, thread.proposal_id) == (
        sofia.id,
        carla.id,
        chosen.id,
    )
    assert told(db, "request", wanted) == [
        ("request.filled", sofia.id, "student", "open", "filled")
    ]
    assert told(db, "proposal", chosen) == [
        ("proposal.accepted", sofia.id, "student", "submitted", "accepted")
    ]
    for other in others:
        assert told(db, "proposal", other) == [
            ("proposal.not_selected", sofia.id, "student", "submitted", "not_selected")
        ]
    assert not told(db, "proposal", gone)


def test_whose_time_was_over_is_not_told_of_another_choice(db, wanted, sofia, carla, cole, viewer):
    chosen = make_proposal(db, wanted, carla)
    late = make_proposal(db, wanted, cole, expires_at=now() - timedelta(minutes=1))
    _loaded(db, chosen)
    accept_proposal(db, chosen, AS_READ, by=viewer(sofia))
    assert late.status is ProposalStatus.SUBMITTED  # the clock ends it, with words of its own
    assert [mail.recipient for mail in db.query(OutgoingMail)] == [carla.email]


def test_a_paused_request_can_still_be_filled(db, sofia, carla, viewer):
    chosen = make_proposal(db, make_request(db, sofia, status=RequestStatus.PAUSED), carla)
    _loaded(db, chosen)
    accept_proposal(db, chosen, AS_READ, by=viewer(sofia))
    assert chosen.status is ProposalStatus.ACCEPTED


@pytest.mark.parametrize("late", [{"status": RequestStatus.CLOSED}, {"expires_at": "gone"}])
def test_nothing_is_accepted_after_the_end(db, sofia, carla, viewer, late):
    if "expires_at" in late:
        late = {"expires_at": now() - timedelta(minutes=1)}
    chosen = make_proposal(db, make_request(db, sofia, **late), carla)
    _loaded(db, chosen)
    with pytest.raises(WrongState, match="has ended"):
        accept_proposal(db, chosen, AS_READ, by=viewer(sofia))
    assert db.query(Thread).count() == 0


def test_a_suspended_coach_cannot_be_chosen(db, wanted, sofia, carla, viewer):
    chosen = make_proposal(db, wanted, carla)
    carla.status = AccountStatus.SUSPENDED
    _loaded(db, chosen)
    with pytest.raises(WrongState, match="cannot be chosen"):
        accept_proposal(db, chosen, AS_READ, by=viewer(sofia))


def test_declining_tells_the_reason(db, wanted, sofia, carla, viewer):
    proposal = make_proposal(db, wanted, carla)
    _loaded(db, proposal)
    decline_proposal(db, proposal, DeclineForm(reason=DeclineReason.SCHEDULE), by=viewer(sofia))
    assert proposal.status is ProposalStatus.DECLINED
    assert proposal.decline_reason is DeclineReason.SCHEDULE
    assert told(db, "proposal", proposal) == [
        ("proposal.declined", sofia.id, "student", "submitted", "declined")
    ]


def test_who_is_suspended_gets_no_mail(db, wanted, sofia, carla, cole, dora, viewer):
    for coach in (cole, dora):
        coach.status = AccountStatus.SUSPENDED
    declined, chosen = make_proposal(db, wanted, cole), make_proposal(db, wanted, carla)
    other = make_proposal(db, wanted, dora)
    _loaded(db, declined)
    decline_proposal(db, declined, DeclineForm(reason=DeclineReason.PRICE), by=viewer(sofia))
    _loaded(db, chosen)
    accept_proposal(db, chosen, AS_READ, by=viewer(sofia))
    assert other.status is ProposalStatus.NOT_SELECTED
    assert [mail.recipient for mail in db.query(OutgoingMail)] == [carla.email]


def test_when_a_request_ends_nobody_goes_on_waiting(db, wanted, sofia, carla, cole, viewer):
    waiting = make_proposal(db, wanted, carla)
    gone = make_proposal(db, wanted, cole, status=ProposalStatus.DECLINED)
    expire_proposals(db, wanted, by=viewer(sofia))
    assert waiting.status is ProposalStatus.EXPIRED
    assert gone.status is ProposalStatus.DECLINED


def test_the_first_look_is_remembered_once(db, wanted, sofia, carla, viewer):
    proposal = make_proposal(db, wanted, carla)
    mark_viewed(db, wanted.id, {proposal.id: (1, proposal.updated_at)}, viewer(sofia))
    first = proposal.first_viewed_at
    assert first
    mark_viewed(db, wanted.id, {proposal.id: (1, proposal.updated_at)}, viewer(sofia))
    assert proposal.first_viewed_at == first
    assert [event[0] for event in told(db, "proposal", proposal)] == ["proposal.viewed"]


def test_sofia_has_seen_the_version_that_her_page_showed(db, wanted, sofia, carla, viewer):
    proposal = make_proposal(db, wanted, carla, version=3, seen_version=1, first_viewed_at=now())
    mark_viewed(db, wanted.id, {proposal.id: (2, proposal.updated_at)}, viewer(sofia))
    assert (proposal.seen_version, proposal.version) == (2, 3)
    mark_viewed(db, wanted.id, {proposal.id: (3, proposal.updated_at)}, viewer(sofia))
    assert (proposal.seen_version, proposal.version) == (3, 3)
    assert not told(db, "proposal", proposal), "only the first look is told"


def test_words_written_while_sofia_read_others_are_another_version(
    db, wanted, sofia, carla, viewer
):
    proposal = make_proposal(db, wanted, carla)
    shown = {proposal.id: (1, proposal.updated_at)}
    proposal.price, proposal.updated_at = 9900, now()
    mark_viewed(db, wanted.id, shown, viewer(sofia))
    assert (proposal.seen_version, proposal.version) == (1, 2)
    _loaded(db, proposal)
    with pytest.raises(WrongState, match="changed meanwhile"):
        accept_proposal(db, proposal, AS_READ, by=viewer(sofia))


def test_accepting_opens_one_contract(db, wanted, sofia, carla, viewer):
    chosen = make_proposal(db, wanted, carla, version=2)
    _loaded(db, chosen)
    accept_proposal(db, chosen, AcceptForm(version=2), by=viewer(sofia))
    assert db.query(Contract).one().proposal_version == 2


def _loaded(db, proposal):
    db.flush()
    db.refresh(proposal, ["learning_request"])
    assert isinstance(proposal, Proposal)
