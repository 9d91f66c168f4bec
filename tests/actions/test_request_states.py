from datetime import timedelta

import pytest

from app.actions.request_states import (
    close_request,
    pause_request,
    renew_request,
    resume_request,
)
from app.clock import now
from app.errors import WrongState
from app.forms.learning_requests import CloseForm
from db.models.events import Event
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import CloseReason, RequestStatus
from db.models.moves import WrongMove
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import ProposalStatus
from tests.factories import make_proposal, make_request, stored

CLOSE = CloseForm(reason=CloseReason.NOT_NEEDED)
MONTH = timedelta(days=30)


def history(db, wanted):
    events = db.query(Event).filter_by(subject="request", subject_id=wanted.id).order_by(Event.id)
    return [(event.name, event.from_status, event.to_status) for event in events]


def make_invitation(db, wanted, coach, **but):
    but.setdefault("created_at", now())
    return stored(db, Invitation(request_id=wanted.id, coach_id=coach.id, **but))


def test_sofia_pauses_and_goes_on(db, sofia, carla, viewer):
    wanted = make_request(db, sofia, expires_at=now() + timedelta(days=3), warned_at=now())
    until, proposal = wanted.expires_at, make_proposal(db, wanted, carla)
    pause_request(db, wanted, by=viewer(sofia))
    assert wanted.status is RequestStatus.PAUSED and wanted.expires_at == until
    resume_request(db, wanted, by=viewer(sofia))
    assert wanted.is_open and wanted.expires_at - now() > MONTH - timedelta(minutes=1)
    assert wanted.warned_at is None and proposal.is_pending
    assert history(db, wanted) == [
        ("request.paused", "open", "paused"), ("request.resumed", "paused", "open"),
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["open", "paused"])
def test_sofia_renews_what_runs(db, sofia, viewer, status):
    wanted = make_request(
        db, sofia, status=RequestStatus(status), expires_at=now() + timedelta(days=1),
        warned_at=now(),
    )  # fmt: skip
    renew_request(db, wanted, by=viewer(sofia))
    assert wanted.status == status and wanted.warned_at is None
    assert wanted.expires_at - now() > MONTH - timedelta(minutes=1)
    assert history(db, wanted) == [("request.renewed", None, None)]


@pytest.mark.parametrize("deed", [pause_request, resume_request, renew_request])
@pytest.mark.parametrize("status", ["draft", "filled", "closed", "expired", "removed"])
def test_what_does_not_run_is_left_alone(db, sofia, viewer, deed, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    with pytest.raises(WrongState):
        deed(db, wanted, by=viewer(sofia))
    assert wanted.status == status and history(db, wanted) == []


@pytest.mark.parametrize("deed", [pause_request, resume_request, renew_request])
@pytest.mark.parametrize("status", ["open", "paused"])
def test_what_has_run_out_is_left_to_the_sweeper(db, sofia, viewer, deed, status):
    wanted = make_request(db, sofia, status=RequestStatus(status), expires_at=now())
    with pytest.raises(WrongState):
        deed(db, wanted, by=viewer(sofia))


@pytest.mark.parametrize(("deed", "status"), [(pause_request, "paused"), (resume_request, "open")])
def test_who_presses_twice_is_told(db, sofia, viewer, deed, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    with pytest.raises(WrongMove):
        deed(db, wanted, by=viewer(sofia))


@pytest.mark.parametrize("status", ["open", "paused"])
def test_closing_ends_the_wait_of_coaches(db, sofia, carla, cole, dora, noor, viewer, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    waiting = make_proposal(db, wanted, carla, status=ProposalStatus.SHORTLISTED)
    gone = make_proposal(db, wanted, cole, status=ProposalStatus.WITHDRAWN)
    asked = make_invitation(db, wanted, dora)
    said_no = make_invitation(db, wanted, noor, status=InvitationStatus.DECLINED)
    close_request(db, wanted, CLOSE, by=viewer(sofia))
    assert wanted.status is RequestStatus.CLOSED and wanted.close_reason is CLOSE.reason
    assert wanted.ended_at and waiting.ended_at and asked.ended_at
    assert waiting.status is ProposalStatus.EXPIRED and gone.status is ProposalStatus.WITHDRAWN
    assert asked.status is InvitationStatus.EXPIRED
    assert said_no.status is InvitationStatus.DECLINED
    assert history(db, wanted) == [("request.closed", status, "closed")]
    assert db.query(Event).filter_by(name="proposal.expired").count() == 1


def test_closing_tells_those_who_wait_and_nobody_else(db, sofia, carla, cole, dora, viewer):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla)
    make_proposal(db, wanted, dora, status=ProposalStatus.SHORTLISTED)
    make_proposal(db, wanted, cole, status=ProposalStatus.DECLINED)
    close_request(db, wanted, CLOSE, by=viewer(sofia))
    mails = db.query(OutgoingMail).filter_by(template="request_closed").all()
    assert {mail.recipient for mail in mails} == {carla.email, dora.email}


@pytest.mark.parametrize("status", ["draft", "filled", "closed", "expired", "removed"])
def test_only_what_runs_can_be_closed(db, sofia, viewer, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    with pytest.raises(WrongMove):
        close_request(db, wanted, CLOSE, by=viewer(sofia))
