"""A deadline counts from its moment on, whether or not the clock's own work is done by then."""

from datetime import timedelta

import pytest

from app.access.enforce import may
from app.clock import now
from db.models.learning_requests import RUNNING, RequestStatus, status_at
from db.queries import proposal_limits, proposals, request_deadlines
from tests.access.scene import is_visible
from tests.factories import make_bookmark, make_proposal, make_request

DEEDS = ("request.update", "request.close", "request.pause", "request.renew")


@pytest.fixture
def over(db, sofia):
    return make_request(db, sofia, expires_at=now() - timedelta(seconds=1))


def test_sofia_can_neither_change_nor_close_what_ran_out(db, sofia, over, viewer):
    running = make_request(db, sofia)
    assert [may(viewer(sofia), deed, over) for deed in DEEDS] == [False] * len(DEEDS)
    assert [may(viewer(sofia), deed, running) for deed in DEEDS] == [True] * len(DEEDS)
    assert is_visible(db, viewer(sofia), over)


def test_sofia_cannot_open_what_ran_out_while_it_was_paused(db, sofia, viewer):
    paused = make_request(db, sofia, status=RequestStatus.PAUSED, expires_at=now())
    running = make_request(db, sofia, status=RequestStatus.PAUSED)
    for deed in ("request.resume", "request.renew", "request.update"):
        assert not may(viewer(sofia), deed, paused) and may(viewer(sofia), deed, running), deed


def test_coaches_neither_find_it_nor_propose_to_it(db, carla, cole, over, viewer):
    make_bookmark(db, over, carla)
    assert not may(viewer(carla), "proposal.submit", over)
    assert is_visible(db, viewer(carla), over), "what she marked stays on her list"
    assert not is_visible(db, viewer(cole), over)


def test_a_proposal_to_it_can_neither_be_answered_nor_taken_back(browser, db, sofia, carla, over):
    proposal = make_proposal(db, over, carla)
    deeds = (
        (sofia, "accept", {}),
        (sofia, "decline", {"reason": "price"}),
        (carla, "withdraw", {}),
    )
    for person, deed, fields in deeds:
        answer = browser.as_(person).post(f"/proposals/{proposal.id}/{deed}", fields)
        assert answer.is_conflict and answer.says("The request has ended"), deed
    assert proposal.is_pending, "the sweeper will say so"


def test_nobody_is_shown_as_waiting_for_it(browser, db, sofia, carla, over):
    proposal = make_proposal(db, over, carla)
    for person in (sofia, carla):
        page = browser.as_(person).get(f"/proposals/{proposal.id}")
        assert page.says("No answer") and not page.has("form[action^='/proposals/']")
    carlas = browser.as_(carla)
    assert carlas.get("/proposals?status=expired").says(over.title)
    assert not carlas.get("/proposals?status=submitted").says(over.title)
    assert "No answer 1" in carlas.get("/proposals").texts("#sent nav a")


def test_what_ran_out_does_not_fill_a_coachs_twenty(db, sofia, carla, over):
    make_proposal(db, over, carla)
    make_proposal(db, make_request(db, sofia), carla)
    assert proposal_limits.waiting_count(db, carla.id, at=now()) == 1


def test_a_coach_past_the_thirty_days_hears_nothing_more_of_the_request(db, sofia, carla, cole):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, cole, expires_at=now())
    make_proposal(db, wanted, carla)
    assert request_deadlines.proposers(db, wanted.id, now()) == [carla]


def test_to_a_request_that_was_removed_nothing_is_answered(db, sofia, carla, viewer):
    removed = make_request(db, sofia, status=RequestStatus.REMOVED)
    proposal = make_proposal(db, removed, carla)
    db.refresh(proposal, ["learning_request"])
    for deed in ("accept", "decline", "shortlist"):
        assert not may(viewer(sofia), f"proposal.{deed}", proposal)
    assert not may(viewer(carla), "proposal.withdraw", proposal)


def test_a_proposal_past_its_thirty_days_is_counted_nowhere(browser, db, sofia, carla, cole):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, cole, expires_at=now())
    assert proposals.live_count(db, wanted.id, at=now()) == 0
    assert "No proposals yet" in browser.as_(carla).get(f"/requests/{wanted.id}").text
    assert "No proposals yet" in browser.as_(carla).get("/requests").text


@pytest.mark.parametrize("status", list(RequestStatus))
def test_only_a_request_that_is_open_or_paused_runs_out(status):
    at = now()
    ended = RequestStatus.EXPIRED if status in RUNNING else status
    assert status_at(status, at, at) is ended
    assert status_at(status, at + timedelta(seconds=1), at) is status
    assert status_at(status, None, at) is status
