from datetime import timedelta

import pytest

from app.actions.request_expiries import expire_request, warn_student
from app.clock import now
from db.models.accounts import AccountStatus
from db.models.learning_requests import RequestStatus
from db.models.moves import WrongMove
from db.models.outgoing_mail import OutgoingMail
from tests.factories import make_request


@pytest.mark.parametrize("status", ["draft", "filled", "closed", "expired", "removed"])
def test_only_what_runs_can_run_out(db, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    with pytest.raises(WrongMove):
        expire_request(db, wanted)


@pytest.mark.parametrize(("left", "days"), [(4.9, 5), (1.0, 1), (0.2, 1)])
def test_sofia_is_told_how_many_days_are_left(db, sofia, left, days):
    wanted = make_request(db, sofia, expires_at=now() + timedelta(days=left))
    warn_student(db, wanted, sofia)
    assert db.query(OutgoingMail).one().detail["days"] == days


def test_who_is_suspended_gets_no_mail(db, sofia):
    sofia.status = AccountStatus.SUSPENDED
    wanted = make_request(db, sofia, expires_at=now() + timedelta(days=1))
    warn_student(db, wanted, sofia)
    assert wanted.warned_at and db.query(OutgoingMail).count() == 0
