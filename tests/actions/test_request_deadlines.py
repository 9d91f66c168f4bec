from datetime import timedelta

import pytest

from app.actions.request_deadlines import OPEN_FOR, touch_request
from app.clock import now
from db.models.learning_requests import RequestStatus
from tests.factories import make_request


@pytest.mark.parametrize("status", ["open", "paused"])
def test_what_sofia_does_for_her_request_moves_its_deadline(db, sofia, status):
    soon = now() + timedelta(days=2)
    wanted = make_request(db, sofia, status=RequestStatus(status), expires_at=soon, warned_at=now())
    touch_request(wanted)
    assert wanted.expires_at >= now() + OPEN_FOR - timedelta(minutes=1)
    assert wanted.warned_at is None


@pytest.mark.parametrize("status", ["filled", "closed", "expired", "removed"])
def test_what_has_ended_stays_as_it_is(db, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    was = wanted.expires_at
    touch_request(wanted)
    assert wanted.expires_at == was
