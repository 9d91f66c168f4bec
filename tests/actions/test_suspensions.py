"""Suspending and restoring move an account once, and end its sign-ins."""

import pytest

from app.actions.suspensions import restore_account, suspend_account
from app.errors import WrongState
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.sign_ins import SignIn
from tests.factories import make_sign_in
from tests.people import as_viewer

WHY = "Nobody here is called names."


def test_all_of_carlas_browsers_are_signed_out_and_nobody_elses(db, carla, sofia, mina):
    for person in (carla, carla, sofia):
        make_sign_in(db, person)
    suspend_account(db, carla.id, WHY, by=as_viewer(db, mina), report=1)
    assert carla.status is AccountStatus.SUSPENDED
    assert [one.account_id for one in db.query(SignIn)] == [sofia.id]


def test_what_is_done_already_is_not_done_again(db, carla, mina):
    by = as_viewer(db, mina)
    with pytest.raises(WrongState):
        restore_account(db, carla.id, WHY, by=by, report=1)
    suspend_account(db, carla.id, WHY, by=by, report=1)
    with pytest.raises(WrongState):
        suspend_account(db, carla.id, WHY, by=by, report=1)
    restore_account(db, carla.id, WHY, by=by, report=1)
    assert carla.status is AccountStatus.ACTIVE
    events = [(one.name, one.from_status, one.to_status) for one in db.query(Event)]
    assert events == [
        ("account.suspended", "active", "suspended"),
        ("account.restored", "suspended", "active"),
    ]
