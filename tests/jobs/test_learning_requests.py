"""Deadlines of requests: carried out once, by however many nodes, and right when that is late."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.actions.request_states import renew_request
from app.clock import now
from app.jobs import learning_requests as job
from app.jobs.learning_requests import meet_deadlines
from db.engine import Database
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import Proposal, ProposalStatus
from tests.conftest import settings_for
from tests.factories import make_coach, make_proposal, make_request, stored
from tests.patience import PATIENCE

A_MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def run(settings, database, db):
    def run_once():
        db.commit()
        meet_deadlines(settings, database, threading.Event())
        db.expire_all()

    return run_once


def mails(db, template):
    return [mail.recipient for mail in db.query(OutgoingMail).filter_by(template=template)]


def events(db, name):
    return db.query(Event).filter_by(name=name).all()


# Requests that have run out.


@pytest.mark.parametrize("status", ["open", "paused"])
def test_a_request_ends_when_its_time_has_run_out(db, run, sofia, carla, cole, dora, status):
    wanted = make_request(db, sofia, status=RequestStatus(status), expires_at=now())
    waiting = make_proposal(db, wanted, carla, status=ProposalStatus.SHORTLISTED)
    gone = make_proposal(db, wanted, cole, status=ProposalStatus.WITHDRAWN)
    asked = stored(db, Invitation(request_id=wanted.id, coach_id=dora.id, created_at=now()))
    run()
    assert wanted.status is RequestStatus.EXPIRED and wanted.ended_at
    assert waiting.status is ProposalStatus.EXPIRED and waiting.ended_at
    assert gone.status is ProposalStatus.WITHDRAWN
    assert asked.status is InvitationStatus.EXPIRED
    [event] = events(db, "request.expired")
    assert (event.actor_id, event.from_status, event.to_status) == (None, status, "expired")
    assert mails(db, "proposal_expired") == [carla.email]
    run()
    assert len(events(db, "request.expired")) == len(events(db, "proposal.expired")) == 1


@pytest.mark.parametrize("status", ["draft", "filled", "closed", "expired", "removed"])
def test_what_does_not_run_does_not_run_out(db, run, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status), expires_at=now() - DAY)
    run()
    assert wanted.status == status and db.query(Event).count() == 0


def test_a_request_with_time_left_stays(db, run, sofia, carla):
    wanted = make_request(db, sofia, expires_at=now() + A_MINUTE)
    proposal = make_proposal(db, wanted, carla)
    run()
    assert wanted.is_open and proposal.is_pending


def test_a_late_sweeper_shows_nothing_wrong_before_and_after(browser, db, run, sofia, carla):
    wanted = make_request(db, sofia, expires_at=now() - DAY)
    proposal = make_proposal(db, wanted, carla)
    for _ in range(2):
        assert browser.as_(sofia).get(f"/requests/{wanted.id}").says("its time ran out")
        assert browser.as_(sofia).get("/requests/mine").says("Expired")
        assert browser.as_(carla).get(f"/proposals/{proposal.id}").says("No answer")
        assert browser.as_(sofia).post(f"/requests/{wanted.id}/renew").is_conflict
        run()
    assert wanted.status is RequestStatus.EXPIRED


def test_a_request_that_cannot_be_ended_does_not_keep_the_others(db, run, monkeypatch, sofia):
    first, second = (make_request(db, sofia, expires_at=now() - DAY * n) for n in (2, 1))
    really = job.expire_request

    def shaky(db, wanted):
        if wanted.id == first_id:
            raise RuntimeError("broken")
        really(db, wanted)

    first_id = first.id
    monkeypatch.setattr(job, "expire_request", shaky)
    with pytest.raises(RuntimeError):
        run()
    db.expire_all()
    assert first.is_open and second.status is RequestStatus.EXPIRED


# Proposals that nobody has answered.


def test_a_proposal_ends_after_its_own_thirty_days(db, run, sofia, carla, cole):
    wanted = make_request(db, sofia)
    old = make_proposal(db, wanted, carla, expires_at=now())
    new = make_proposal(db, wanted, cole, expires_at=now() + A_MINUTE)
    run()
    assert old.status is ProposalStatus.EXPIRED and new.is_pending and wanted.is_open
    assert mails(db, "proposal_expired") == [carla.email]
    [event] = events(db, "proposal.expired")
    assert event.actor_id is None


def test_what_was_answered_stays_answered(db, run, sofia, carla):
    wanted = make_request(db, sofia)
    proposal = make_proposal(
        db, wanted, carla, status=ProposalStatus.DECLINED, expires_at=now() - DAY
    )
    run()
    assert proposal.status is ProposalStatus.DECLINED


def test_a_suspended_coach_gets_no_mail(db, run, sofia, carla):
    carla.status = AccountStatus.SUSPENDED
    proposal = make_proposal(db, make_request(db, sofia), carla, expires_at=now())
    run()
    assert proposal.status is ProposalStatus.EXPIRED and mails(db, "proposal_expired") == []


# The warning.


@pytest.mark.parametrize("status", ["open", "paused"])
def test_sofia_is_warned_once_and_again_after_renewing(db, run, viewer, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status), expires_at=now() + 5 * DAY)
    run()
    run()
    assert mails(db, "request_expiring") == [sofia.email] and wanted.warned_at
    [mail] = db.query(OutgoingMail)
    assert mail.detail["days"] == 5
    renew_request(db, wanted, by=viewer(sofia))
    run()
    assert len(mails(db, "request_expiring")) == 1 and wanted.warned_at is None
    wanted.expires_at = now() + DAY
    run()
    assert len(mails(db, "request_expiring")) == 2


def test_sofia_is_not_warned_too_early(db, run, sofia):
    make_request(db, sofia, expires_at=now() + 5 * DAY + A_MINUTE)
    run()
    assert mails(db, "request_expiring") == []


# Several nodes.


@pytest.fixture
def ten_of_each(real_database, db, sofia):
    """Requests that have run out, each with a proposal; late proposals; requests to warn of."""
    for _ in range(10):
        wanted = make_request(db, sofia, expires_at=now() - A_MINUTE)
        make_proposal(db, wanted, make_coach(db))
        make_request(db, sofia, expires_at=now() + DAY)
    standing = make_request(db, sofia)
    for _ in range(10):
        make_proposal(db, standing, make_coach(db), expires_at=now() - A_MINUTE)
    db.commit()


def test_two_sweepers_at_once_do_everything_once(real_database, tmp_path, ten_of_each):
    settings = settings_for(real_database, tmp_path)
    nodes = [Database(settings.database_url) for _ in range(2)]
    start = threading.Barrier(len(nodes))

    def work(node):
        start.wait(PATIENCE)
        meet_deadlines(settings, node, threading.Event())

    with ThreadPoolExecutor(len(nodes)) as pool:
        list(pool.map(work, nodes))  # raises what they raise
    for node in nodes:
        node.dispose()
    meet_deadlines(settings, real_database, threading.Event())  # what each has left to the other
    with real_database.reading() as looking:
        assert counts(looking, Event.name) == {
            "request.expired": 10, "proposal.expired": 20, "request.warned": 10,
        }  # fmt: skip
        assert counts(looking, OutgoingMail.template) == {
            "proposal_expired": 20, "request_expiring": 10,
        }  # fmt: skip
        assert counts(looking, LearningRequest.status)[RequestStatus.EXPIRED] == 10
        assert counts(looking, Proposal.status) == {ProposalStatus.EXPIRED: 20}


def counts(looking, column):
    return dict(looking.execute(select(column, func.count()).group_by(column)).all())
