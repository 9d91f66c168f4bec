"""Taking a change of address back, with the link in the mail to the old one."""

from datetime import timedelta

import pytest
import time_machine

from app.actions.emails import TAKEN
from app.clock import now
from db.models.accounts import Account
from db.models.devices import Device
from db.models.mail_tokens import MailToken, Purpose
from tests.factories import PASSWORD, make_account, make_mail_token
from tests.mailbox import mailbox
from tests.tables import rows

__all__ = ["mailbox"]

PAGE = "/restore-email"
OLD, THIEFS, THIRD = "sofia@skileez.example", "thief@skileez.example", "third@skileez.example"


def move(browser, mailbox, person, email):
    """Whoever is signed in as this person changes the address, and confirms it."""
    browser.as_(person).post("/settings/email", {"email": email})
    page = browser.as_guest().get(mailbox.link(email)).follow()
    assert page.form("/confirm-email").submit().leads_to("/sign-in")


def press(browser, link):
    guest = browser.as_guest()
    return guest.get(link).follow().form(PAGE).submit()


@pytest.fixture
def link(browser, mailbox, sofia):
    """The way back, in Sofia's old mailbox."""
    move(browser, mailbox, sofia, THIEFS)
    return mailbox.link(OLD)


def test_sofia_takes_the_change_back(browser, db, mailbox, sofia, link):
    thief = browser.as_(sofia)
    thief.post("/sign-in", {"email": THIEFS, "password": PASSWORD})
    page = browser.as_guest().get(link).follow()
    assert page.says(OLD) and not page.says(THIEFS)
    done = page.form(PAGE).submit()
    assert done.leads_to("/reset-password")
    assert done.follow().says("Your old address is back")
    assert thief.get("/dashboard").asks_to_sign_in
    db.refresh(sofia)
    assert sofia.email == OLD and sofia.has_confirmed_email
    assert all(device.seen_at.year < 2000 for device in db.query(Device))
    assert [one.to for one in mailbox.letters()] == [THIEFS, OLD, OLD]


def test_it_works_in_a_browser_that_is_signed_in(browser, sofia, link):
    hers = browser.as_(sofia)
    answer = hers.get(link).follow().form(PAGE).submit()
    assert answer.leads_to("/reset-password")
    assert hers.get("/dashboard").asks_to_sign_in


def test_a_bystander_stays_signed_in(browser, sam, link):
    his = browser.as_(sam)
    assert his.get(link).follow().form(PAGE).submit().leads_to("/reset-password")
    assert his.get("/dashboard").is_good


def test_whoever_knows_the_old_password_changes_nothing_before_the_owner_does(
    browser, db, sofia, link
):
    owner, thief = browser.as_guest(), browser.as_guest()
    owner.get(link).follow().form(PAGE).submit()
    thief.post("/sign-in", {"email": OLD, "password": PASSWORD})
    for page, fields in (
        ("/settings/password", {"password": "four quiet green chairs"}),
        ("/settings/email", {"email": "again@skileez.example"}),
    ):
        assert thief.get(page).is_not_allowed
        answer = thief.post(page, fields)
        assert answer.is_not_allowed and answer.says("choose a new password")
    form = owner.get("/reset-password").form("/reset-password")
    assert form.fill(password="five quiet green chairs").submit().leads_to("/sign-in")
    assert thief.get("/dashboard").asks_to_sign_in
    owner.post("/sign-in", {"email": OLD, "password": "five quiet green chairs"})
    assert owner.get("/settings/email").is_good


def test_it_works_as_a_fragment(browser, db, sofia, link):
    guest = browser.as_guest()
    guest.get(link)
    assert guest.htmx.post(PAGE).leads_to("/reset-password")
    db.refresh(sofia)
    assert sofia.email == OLD


@pytest.mark.parametrize("data", [{"email": "x@y.example"}, {"token": "x"}])
def test_it_takes_no_words(browser, db, sofia, link, data):
    guest = browser.as_guest()
    guest.get(link)
    before = rows(db)
    assert guest.post(PAGE, data).status == 400
    assert rows(db) == before


def test_it_outlives_a_new_password_and_a_second_change(browser, db, mailbox, sofia, link):
    browser.as_(sofia).post("/settings/password", {"password": "four quiet green chairs"})
    browser.tokens.clear()
    move(browser, mailbox, sofia, THIRD)
    assert press(browser, link).leads_to("/reset-password")
    db.refresh(sofia)
    assert sofia.email == OLD


def test_it_outlives_a_reset(browser, db, sofia, link):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, "r" * 43, email=THIEFS)
    guest = browser.as_guest()
    guest.cookies["__Host-flow"] = "r" * 43
    assert guest.post("/reset-password", {"password": "four quiet green chairs"}).status == 303
    assert press(browser, link).leads_to("/reset-password")


def test_afterwards_later_ways_back_are_dead(browser, db, mailbox, sofia, link):
    move(browser, mailbox, sofia, THIRD)
    thiefs = mailbox.link(THIEFS)
    assert press(browser, link).leads_to("/reset-password")
    guest = browser.as_guest()
    assert not guest.get(thiefs).follow().has(f'form[action="{PAGE}"]')
    assert guest.post(PAGE).is_conflict


def test_afterwards_earlier_ways_back_stay(browser, db, mailbox, sofia, link):
    move(browser, mailbox, sofia, THIRD)
    assert press(browser, mailbox.link(THIEFS)).leads_to("/reset-password")
    assert press(browser, link).leads_to("/reset-password")
    db.refresh(sofia)
    assert sofia.email == OLD


def test_what_the_thief_still_had_asked_for_is_dead(browser, db, mailbox, sofia, link):
    browser.as_(sofia).post("/settings/email", {"email": THIRD})
    pending = mailbox.link(THIRD)
    browser.post("/forgot-password", {"email": THIEFS})
    reset = mailbox.link(THIEFS)
    press(browser, link)
    password = {"password": "four quiet green chairs"}
    for page, dead, sent in (("/confirm-email", pending, {}), ("/reset-password", reset, password)):
        guest = browser.as_guest()
        guest.get(dead)
        assert guest.post(page, sent).is_conflict
    db.refresh(sofia)
    assert sofia.email == OLD


@pytest.mark.parametrize("how", ["used", "expired"])
def test_a_dead_link_does_nothing(browser, db, sofia, link, how):
    if how == "used":
        press(browser, link)
    with time_machine.travel(now() + timedelta(hours=72 * (how == "expired"))):
        guest = browser.as_guest()
        before = rows(db)
        page = guest.get(link).follow()
        assert page.is_good and not page.has(f'form[action="{PAGE}"]')
        assert guest.post(PAGE).is_conflict
        assert guest.htmx.post(PAGE).is_conflict
    assert rows(db) == before


def test_it_holds_for_72_hours(browser, link):
    with time_machine.travel(now() + timedelta(hours=71, minutes=59)):
        assert press(browser, link).leads_to("/reset-password")


def test_an_address_that_somebody_has_all_the_same_is_said_to_be_taken(browser, db, sofia, link):
    make_account(db, email=OLD)
    before = rows(db)
    answer = press(browser, link)
    assert answer.is_conflict and answer.says(TAKEN)
    assert rows(db) == before
    assert db.query(Account).filter_by(email=THIEFS).one().id == sofia.id
    assert db.query(MailToken).one().used_at is None
