"""A deadline counts from its moment on, whether or not the clock's own work is done by then."""

from datetime import timedelta

import pytest

from app.access.enforce import may
from app.clock import now
from db.models.learning_requests import RequestStatus, status_at
from tests.access.scene import is_visible
from tests.factories import make_bookmark, make_request

DEEDS = ("request.update", "request.close")


@pytest.fixture
def over(db, sofia):
    return make_request(db, sofia, expires_at=now() - timedelta(seconds=1))


def test_sofia_can_neither_change_nor_close_what_ran_out(db, sofia, over, viewer):
    running = make_request(db, sofia)
    assert [may(viewer(sofia), deed, over) for deed in DEEDS] == [False, False]
    assert [may(viewer(sofia), deed, running) for deed in DEEDS] == [True, True]
    assert is_visible(db, viewer(sofia), over)


def test_coaches_neither_find_it_nor_propose_to_it(db, carla, cole, over, viewer):
    make_bookmark(db, over, carla)
    assert not may(viewer(carla), "proposal.submit", over)
    assert is_visible(db, viewer(carla), over), "what she marked stays on her list"
    assert not is_visible(db, viewer(cole), over)


@pytest.mark.parametrize("status", list(RequestStatus))
def test_only_an_open_request_runs_out(status):
    at = now()
    ended = RequestStatus.EXPIRED if status is RequestStatus.OPEN else status
    assert status_at(status, at, at) is ended
    assert status_at(status, at + timedelta(seconds=1), at) is status
    assert status_at(status, None, at) is status
