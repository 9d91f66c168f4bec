"""How long a sign-in holds: after the last visit, and at most, to the second."""

from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.sign_ins import SignIn
from tests.factories import PASSWORD, make_message, make_thread

SECOND = timedelta(seconds=1)
NEW = "four quiet green chairs"
# Whether she is remembered; how long without a visit; how long at most; how often she comes.
KINDS = [
    (False, timedelta(hours=12), timedelta(hours=24), timedelta(hours=11)),
    (True, timedelta(days=14), timedelta(days=30), timedelta(days=13)),
]
either = pytest.mark.parametrize(
    ("remember", "idle", "longest", "often"), KINDS, ids=["until it closes", "remembered"]
)


@pytest.fixture
def clock():
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


def signed_in(browser, person, remember):
    hers = browser.as_guest()
    sent = {"email": person.email, "password": PASSWORD}
    hers.post("/sign-in", sent | ({"remember": "yes"} if remember else {}))
    return hers


def visit_until(hers, clock, often, end):
    """She comes every so often, and is let in each time, the last time before the end."""
    while now() + often < end:
        clock.shift(often)
        assert hers.get("/dashboard").is_good


@either
def test_it_ends_so_long_after_the_last_visit(
    browser, clock, sofia, remember, idle, longest, often
):
    begun = now()
    last, late = (signed_in(browser, sofia, remember) for _ in range(2))
    clock.move_to(begun + idle - SECOND)
    assert last.get("/dashboard").is_good
    clock.move_to(begun + idle)
    assert late.get("/dashboard").asks_to_sign_in
    assert late.htmx.get("/messages").asks_to_sign_in
    assert last.get("/dashboard").is_good  # the visit a second before has kept it


@either
def test_polls_do_not_keep_it(browser, clock, db, sofia, carla, remember, idle, longest, often):
    thread, begun = make_thread(db, sofia, carla), now()
    make_message(db, thread, carla)
    poll = f"/messages/{thread.id}/new?after=0"
    hers = signed_in(browser, sofia, remember)
    clock.move_to(begun + idle - SECOND)
    assert hers.htmx.get(poll).is_good
    clock.move_to(begun + idle)
    assert hers.htmx.get(poll).asks_to_sign_in
    assert hers.get("/dashboard").asks_to_sign_in


@either
def test_it_ends_however_often_she_comes(browser, clock, sofia, remember, idle, longest, often):
    begun = now()
    hers = signed_in(browser, sofia, remember)
    visit_until(hers, clock, often, begun + longest)
    clock.move_to(begun + longest - SECOND)
    assert hers.get("/dashboard").is_good
    clock.move_to(begun + longest)
    assert hers.get("/dashboard").asks_to_sign_in
    assert hers.htmx.get("/messages").asks_to_sign_in


@either
@pytest.mark.parametrize("password", [PASSWORD, NEW], ids=["given again", "changed"])
def test_a_password_does_not_put_the_end_off(
    browser, clock, db, sofia, remember, idle, longest, often, password
):
    begun = now()
    hers = signed_in(browser, sofia, remember)
    visit_until(hers, clock, often, begun + longest)
    assert hers.post("/sign-in/again", {"password": PASSWORD}).leads_to("/dashboard")
    if password == NEW:
        assert hers.post("/settings/password", {"password": NEW}).leads_to("/settings/password")
    assert db.query(SignIn).one().expires_at == begun + longest
    clock.move_to(begun + longest - SECOND)
    assert hers.get("/dashboard").is_good
    clock.move_to(begun + longest)
    assert hers.get("/dashboard").asks_to_sign_in
