"""A forgotten password, by mail; a new one, for whoever is signed in."""

from datetime import timedelta

import pytest
import time_machine

from app import passwords
from app.actions.mail_tokens import USED
from app.actions.passwords import MOVED
from app.clock import now
from app.forms.accounts import MADE_OF_NAMES
from db.models.accounts import AccountStatus
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import OutgoingMail
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_mail_token, make_message, make_thread
from tests.mailbox import mailbox
from tests.tables import rows

__all__ = ["mailbox"]

ASK, RESET, CHANGE = "/forgot-password", "/reset-password", "/settings/password"
FLOW, DEVICE = "__Host-flow", "__Host-device"
SECRET = "s" * 43
NEW = "four quiet green chairs"


@pytest.fixture
def link(db, sofia):
    """A mail has left for Sofia, with a link that ends with SECRET."""
    return make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET)


def opened(browser, secret=SECRET):
    guest = browser.as_guest()
    guest.get(f"{RESET}/{secret}")
    return guest


def sign_in(browser, person, password=PASSWORD):
    guest = browser.as_guest()
    return guest, guest.post("/sign-in", {"email": person.email, "password": password})


# Forgotten.


def test_sofia_forgot_hers_and_has_a_new_one(browser, db, mailbox, sofia):
    asked = browser.get("/sign-in").click("Forgot it?").form(ASK)
    answer = asked.fill(email="SOFIA@skileez.example").submit()
    assert answer.leads_to(ASK) and answer.follow().says("a mail is on its way")
    link = mailbox.link(sofia.email)
    guest = browser.as_guest()
    page = guest.get(link).follow()
    assert page.one("input[autocomplete=username]")["value"] == sofia.email
    done = page.form(RESET).fill(password=NEW).submit()
    assert done.leads_to("/sign-in") and done.follow().says("Your new password is set.")
    assert FLOW not in guest.cookies
    db.refresh(sofia)
    assert passwords.matches(sofia.password_hash, NEW)
    assert not passwords.is_outdated(sofia.password_hash)
    assert sign_in(browser, sofia, NEW)[1].leads_to("/dashboard")
    assert [one.subject for one in mailbox.letters(sofia.email)][1:] == [
        "Your password was changed"
    ]


def test_asking_works_as_a_fragment(browser, sofia):
    assert browser.htmx.post(ASK, {"email": sofia.email}).leads_to(ASK)
    assert browser.htmx.post(ASK, {"email": "sofia"}).form(ASK).value("email") == "sofia"


@pytest.mark.parametrize("email", ["", "sofia", "sofia@"])
def test_what_is_no_address_comes_back_as_typed(browser, db, email):
    answer = browser.get(ASK).form(ASK).fill(email=email).submit()
    assert answer.is_redisplay and answer.error_of("email")
    assert answer.form(ASK).value("email") == email
    assert db.query(OutgoingMail).count() == 0


def test_a_suspended_person_may_choose_a_new_one_and_stays_out(browser, db, mailbox, sid):
    browser.post(ASK, {"email": sid.email})
    guest = browser.as_guest()
    guest.get(mailbox.link(sid.email)).follow().form(RESET).fill(password=NEW).submit()
    assert not sign_in(browser, sid, NEW)[1].leads_to("/dashboard")


# Reset.


@pytest.mark.parametrize(
    "password", ["", "eleven char", "password1234", "Sofia Mwangi", "skileez sofia"]
)
def test_what_is_no_password_keeps_the_link(browser, db, sofia, link, password):
    guest, before = opened(browser), rows(db)
    answer = guest.get(RESET).form(RESET).fill(password=password).submit()
    assert answer.is_redisplay and answer.error_of("password")
    assert answer.form(RESET).value("password") == ""
    assert guest.htmx.post(RESET, {"password": password}).error_of("password")
    assert rows(db) == before
    if "ofia" in password:
        assert MADE_OF_NAMES in answer.error_of("password")
    assert guest.post(RESET, {"password": NEW}).leads_to("/sign-in")


def test_everybody_is_out_afterwards_polls_too(browser, db, sofia, carla, link):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla)
    hers = browser.as_(sofia)
    phone, _ = sign_in(browser, sofia)
    carlas = browser.as_(carla)
    opened(browser).post(RESET, {"password": NEW})
    for asking in (hers, phone):
        assert asking.get("/dashboard").asks_to_sign_in
        assert asking.htmx.get(f"/messages/{thread.id}/new?after=0").asks_to_sign_in
    assert carlas.get("/dashboard").is_good
    assert db.query(SignIn).filter_by(account_id=sofia.id).count() == 0


def test_no_device_is_known_any_more_and_tries_begin_anew(browser, db, sofia, link):
    phone, _ = sign_in(browser, sofia)
    known = phone.cookies[DEVICE]
    for _ in range(11):
        _, refused = sign_in(browser, sofia, "not hers at all")
    assert refused.status == 429
    opened(browser).post(RESET, {"password": NEW})
    _, answer = sign_in(browser, sofia, NEW)
    assert answer.leads_to("/dashboard")
    phone.post("/sign-in", {"email": sofia.email, "password": NEW})
    assert phone.cookies[DEVICE] != known


@pytest.mark.parametrize("how", ["used", "newer", "changed", "moved", "expired", "none"])
def test_a_dead_link_is_said_to_be_before_anything_is_hashed(
    browser, db, mailbox, sofia, link, how
):
    guest = opened(browser)
    if how == "used":
        opened(browser).post(RESET, {"password": "four quiet blue chairs"})
    elif how == "newer":
        browser.post(ASK, {"email": sofia.email})
    elif how == "changed":
        browser.as_(sofia).post(CHANGE, {"password": "four quiet blue chairs"})
    elif how == "moved":
        make_mail_token(db, sofia, Purpose.CHANGE_EMAIL, "t" * 43, email="n@skileez.example")
        other = browser.as_guest()
        other.cookies[FLOW] = "t" * 43
        assert other.post("/confirm-email").leads_to("/sign-in")
    elif how == "none":
        guest = browser.as_guest()
    with time_machine.travel(now() + timedelta(minutes=30 * (how == "expired"))):
        before = rows(db)
        shown = guest.get(RESET)
        assert shown.is_good and not shown.has(f'form[action="{RESET}"]')
        answer = guest.post(RESET, {"password": NEW})
        assert answer.is_conflict and answer.says(USED)
        assert guest.htmx.post(RESET, {"password": NEW}).is_conflict
    assert rows(db) == before
    assert answer.click("Go on").form(ASK)


def test_a_link_that_went_to_an_earlier_address_is_refused(browser, db, sofia):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET, email="old@skileez.example")
    before = rows(db)
    answer = opened(browser).post(RESET, {"password": NEW})
    assert answer.is_conflict and answer.says(MOVED)
    assert rows(db) == before


def test_the_link_holds_for_half_an_hour_from_when_its_mail_left(browser, db, mailbox, sofia):
    with time_machine.travel(now(), tick=False) as clock:
        browser.post(ASK, {"email": sofia.email})
        clock.shift(timedelta(hours=2))
        link = mailbox.link(sofia.email)
        clock.shift(timedelta(minutes=29, seconds=59))
        assert browser.as_guest().get(link).follow().form(RESET)
        clock.shift(timedelta(seconds=1))
        assert not browser.as_guest().get(link).follow().has(f'form[action="{RESET}"]')


# Changed.


def test_sofia_changes_hers_and_stays(browser, db, sofia, link):
    hers = browser.as_(sofia)
    phone, _ = sign_in(browser, sofia)
    before = hers.cookies[COOKIE]
    page = hers.get("/settings").click("Password")
    assert page.one("input[autocomplete=username]")["value"] == sofia.email
    answer = page.form(CHANGE).fill(password=NEW).submit()
    assert answer.leads_to(CHANGE) and answer.follow().says("Your password is changed")
    assert hers.cookies[COOKIE] != before
    assert phone.get("/dashboard").asks_to_sign_in
    thief = browser.as_guest()
    thief.cookies[COOKIE] = before
    assert thief.get("/dashboard").asks_to_sign_in
    assert hers.get("/dashboard").is_good
    assert db.query(MailToken).count() == 0
    assert not sign_in(browser, sofia)[1].leads_to("/dashboard")
    assert sign_in(browser, sofia, NEW)[1].leads_to("/dashboard")


def test_sofia_changes_hers_as_a_fragment(browser, db, sofia):
    hers = browser.as_(sofia)
    before = hers.cookies[COOKIE]
    assert hers.htmx.post(CHANGE, {"password": NEW}).leads_to(CHANGE)
    assert hers.cookies[COOKIE] != before
    assert hers.get("/dashboard").is_good


@pytest.mark.parametrize("password", ["", "eleven char", "Sofia Mwangi", "x" * 1025])
def test_what_is_no_password_changes_nothing(browser, db, sofia, password):
    hers, before = browser.as_(sofia), rows(db)
    answer = hers.post(CHANGE, {"password": password})
    assert answer.is_redisplay and answer.error_of("password")
    assert answer.form(CHANGE).value("password") == ""
    assert hers.htmx.post(CHANGE, {"password": password}).error_of("password")
    assert rows(db)["accounts"] == before["accounts"]


def test_the_old_one_is_asked_for_after_a_quarter_of_an_hour(browser, db, sofia):
    hers = browser.as_(sofia)
    db.query(SignIn).one().proved_at = now() - timedelta(minutes=15)
    assert hers.get(CHANGE).leads_to("/sign-in/again")
    refused = hers.post(CHANGE, {"password": NEW})
    assert refused.leads_to("/sign-in/again")
    db.refresh(sofia)
    assert passwords.matches(sofia.password_hash, PASSWORD)
    page = refused.follow().form("/sign-in/again").fill(password=PASSWORD).submit().follow()
    assert NEW not in page.text


def test_guest_and_suspended_sid_are_asked_to_sign_in(browser, db, sid):
    for asking in (browser.as_guest(), browser.as_(sid)):
        assert asking.get(CHANGE).asks_to_sign_in
        assert asking.post(CHANGE, {"password": NEW}).asks_to_sign_in
    assert sid.status is AccountStatus.SUSPENDED
