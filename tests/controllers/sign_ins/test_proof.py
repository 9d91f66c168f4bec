"""Giving one's password again: for a quarter of an hour, with a new token."""

from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.events import Event
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_message, make_sign_in, make_thread
from tests.tables import rows

PAGE = "/sign-in/again"
OTHERS = "/settings/sign-ins/end-others"


@pytest.fixture
def hers(browser, db, sofia):
    """Sofia's browser, long after she gave her password."""
    hers = browser.as_(sofia)
    db.query(SignIn).one().proved_at = now() - timedelta(minutes=15)
    return hers


def test_sofia_gives_her_password_again(hers, db, sofia):
    page = hers.post(OTHERS).follow()
    assert page.one("input[autocomplete=username]")["value"] == sofia.email
    answer = page.form(PAGE).fill(password=PASSWORD).submit()
    assert answer.leads_to("/dashboard")
    assert now() - db.query(SignIn).one().proved_at < timedelta(minutes=1)
    assert db.query(Event).filter_by(name="sign_in.proved", actor_id=sofia.id).count() == 1
    assert hers.post(OTHERS).leads_to("/settings/sign-ins")


def test_sofia_gives_it_as_a_fragment(hers):
    sent = {"password": PASSWORD, "next": "/settings/sign-ins"}
    assert hers.htmx.post(PAGE, sent).headers["HX-Redirect"] == "/settings/sign-ins"


def test_the_token_of_before_is_dead(hers, browser, db):
    before = hers.cookies[COOKIE]
    cookie = hers.post(PAGE, {"password": PASSWORD}).headers["set-cookie"]
    assert hers.cookies[COOKIE] != before
    assert "HttpOnly" in cookie and "Secure" in cookie and "Max-Age" not in cookie
    assert hers.get("/dashboard").is_good
    thief = browser.as_guest()
    thief.cookies[COOKIE] = before
    assert thief.get("/dashboard").asks_to_sign_in
    assert db.query(SignIn).count() == 1


def test_who_is_remembered_stays_remembered(hers, db):
    db.query(SignIn).one().remember = True
    until = db.query(SignIn).one().expires_at
    assert "Max-Age=2592000" in hers.post(PAGE, {"password": PASSWORD}).headers["set-cookie"]
    assert db.query(SignIn).one().expires_at == until


@pytest.mark.parametrize("password", ["not hers", "", f"{PASSWORD} "])
def test_a_wrong_password_proves_nothing(hers, db, password):
    answer = hers.post(PAGE, {"password": password, "next": "/messages"})
    assert answer.is_redisplay and answer.error_of("password")
    assert answer.form(PAGE).value("next") == "/messages"
    assert "set-cookie" not in answer.headers
    assert hers.htmx.post(PAGE, {"password": password}).is_redisplay
    assert hers.post(OTHERS).leads_to(PAGE)


def test_it_holds_for_a_quarter_of_an_hour(hers):
    with time_machine.travel(now(), tick=False) as clock:
        hers.post(PAGE, {"password": PASSWORD})
        clock.shift(timedelta(minutes=14, seconds=59))
        assert hers.post(OTHERS).leads_to("/settings/sign-ins")
        clock.shift(timedelta(seconds=1))
        assert hers.post(OTHERS).leads_to(PAGE)


@pytest.mark.parametrize(("path", "sent"), [
    ("/settings/email", None),
    ("/settings/email", {"email": "new@skileez.example"}),
    ("/settings/email/cancel", {}),
    ("/settings/password", None),
    ("/settings/password", {"password": "four quiet green chairs"}),
    (OTHERS, {}),
])  # fmt: skip
def test_what_could_take_the_account_away_asks_for_it(browser, db, sofia, path, sent):
    """Sixteen minutes after she signed in, and nothing has happened; a minute before, it had."""
    with time_machine.travel(now(), tick=False) as clock:
        hers = browser.as_guest()
        hers.post("/sign-in", {"email": sofia.email, "password": PASSWORD})
        make_sign_in(db, sofia)
        clock.shift(timedelta(minutes=16))
        before = rows(db)
        answers = [hers.get(path) if sent is None else hers.post(path, sent)]
        answers += [hers.htmx.get(path) if sent is None else hers.htmx.post(path, sent)]
        assert [one.leads_to(PAGE) for one in answers] == [True, True]
        after = rows(db)
        kept = {"parked_forms", "sign_ins"}  # what was typed waits; that she was here is noted
        assert {table: after[table] for table in after if table not in kept} == {
            table: before[table] for table in before if table not in kept
        }
        assert db.query(SignIn).count() == 2
        clock.shift(timedelta(minutes=-2))
        answer = hers.get(path) if sent is None else hers.post(path, sent)
        assert not answer.leads_to(PAGE)


def test_it_proves_this_browser_only(hers, browser, db, sofia):
    phone = browser.as_guest()
    phone.post("/sign-in", {"email": sofia.email, "password": PASSWORD})
    assert hers.post(OTHERS).leads_to(PAGE)


def test_a_sign_in_that_ended_meanwhile_is_not_revived(browser, db, sofia):
    hers = browser.as_(sofia)
    token = hers.cookies[COOKIE]
    hers.post("/sign-out")
    hers.cookies[COOKIE] = token
    assert hers.post(PAGE, {"password": PASSWORD}).asks_to_sign_in
    assert db.query(SignIn).count() == 0


def test_guest_and_suspended_sid_are_asked_to_sign_in(browser, sid):
    for asking in (browser, browser.as_(sid)):
        assert asking.get(PAGE).asks_to_sign_in
        assert asking.post(PAGE, {"password": PASSWORD}).asks_to_sign_in


def test_polls_keep_no_sign_in_alive(browser, db, sofia, carla):
    hers, thread = browser.as_(sofia), make_thread(db, sofia, carla)
    make_message(db, thread, carla)
    seen = db.query(SignIn).filter_by(account_id=sofia.id).one().seen_at = now() - timedelta(
        hours=11
    )
    for _ in range(3):
        hers.htmx.get(f"/messages/{thread.id}/new?after=0")
    assert db.query(SignIn).one().seen_at == seen
    hers.get(f"/messages/{thread.id}")
    assert db.query(SignIn).one().seen_at > seen
