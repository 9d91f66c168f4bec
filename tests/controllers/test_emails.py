"""Changing one's address: nothing before the new one has been proved."""

from datetime import timedelta

import pytest
import time_machine

from app.actions.emails import OFTEN, OWN, TAKEN
from app.clock import now
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import OutgoingMail
from db.models.sign_ins import SignIn
from tests.factories import PASSWORD, make_account, make_mail_token, make_student
from tests.mailbox import mailbox
from tests.tables import rows

__all__ = ["mailbox"]

PAGE, CANCEL = "/settings/email", "/settings/email/cancel"
OLD, NEW = "sofia@skileez.example", "Sofia.New@skileez.example"


def press(guest, link):
    """Open a link from a mail, and press the button it leads to."""
    page = guest.get(link).follow()
    [form] = [form["action"] for form in page.all("main form")]
    return page.form(form).submit()


# Asking.


def test_sofia_moves_to_a_new_address(browser, db, mailbox, sofia):
    hers = browser.as_(sofia)
    answer = hers.get("/settings").click("Email").form(PAGE).fill(email=NEW).submit()
    page = answer.follow()
    assert page.says(f"A mail is on its way to {NEW}") and page.says(OLD)
    [letter] = mailbox.letters()
    assert letter.to == NEW
    done = press(hers, mailbox.link(NEW))
    assert done.leads_to("/dashboard") and done.follow().says("the old one is gone")
    assert hers.get(PAGE).says(NEW) and not hers.get(PAGE).says(OLD)
    assert [one.to for one in mailbox.letters()] == [NEW, OLD]
    for email, knows in ((NEW.upper(), True), (OLD, False)):
        asked = browser.as_guest().post("/sign-in", {"email": email, "password": PASSWORD})
        assert asked.leads_to("/dashboard") is knows


def test_sofia_asks_as_a_fragment(browser, db, sofia):
    assert browser.as_(sofia).htmx.post(PAGE, {"email": NEW}).leads_to(PAGE)
    assert db.query(MailToken).one().email == NEW
    assert browser.as_(sofia).htmx.post(CANCEL).leads_to(PAGE)
    assert db.query(MailToken).count() == 0


@pytest.mark.parametrize(("email", "sentence"), [
    ("", "Fill this in."), ("sofia", "Write an email"), ("SOFIA@skileez.example", OWN),
])  # fmt: skip
def test_a_wrong_one_comes_back_as_typed(browser, db, sofia, email, sentence):
    hers = browser.as_(sofia)
    before = rows(db)
    answer = hers.get(PAGE).form(PAGE).fill(email=email).submit()
    assert answer.is_redisplay
    assert sentence in answer.error_of("email")
    assert answer.form(PAGE).value("email") == email
    assert sentence in hers.htmx.post(PAGE, {"email": email}).error_of("email")
    after = rows(db)
    assert after["mail_tokens"] == before["mail_tokens"] == after["outgoing_mail"] == []


def test_the_fourth_mail_within_an_hour_is_not_sent_and_not_spoken_of(browser, db, sofia, sam):
    for asker, email in ((sofia, NEW), (make_student(db), sam.email)):
        for _ in range(4):
            assert browser.as_(asker).post(PAGE, {"email": email}).leads_to(PAGE)
        assert browser.as_(asker).get(PAGE).says(email)


def test_strangers_asking_for_an_address_do_not_show_its_owner(browser, db, sofia, sam):
    for _ in range(3):
        browser.as_(sam).post(PAGE, {"email": NEW})
    assert browser.as_(sofia).post(PAGE, {"email": NEW}).leads_to(PAGE)
    assert browser.as_(sofia).get(PAGE).says(NEW)


def test_sofia_cannot_have_mails_sent_to_many_strangers(browser, db, sofia):
    for number in range(5):
        assert browser.as_(sofia).post(PAGE, {"email": f"a{number}@x.example"}).leads_to(PAGE)
    answer = browser.as_(sofia).post(PAGE, {"email": "a5@x.example"})
    assert answer.is_redisplay and OFTEN in answer.error_of("email")


def test_guest_and_suspended_sid_are_asked_to_sign_in(browser, sid):
    for asking in (browser.as_guest(), browser.as_(sid)):
        assert asking.get(PAGE).asks_to_sign_in
        assert asking.post(PAGE, {"email": NEW}).asks_to_sign_in
        assert asking.post(CANCEL).asks_to_sign_in


def test_after_a_quarter_of_an_hour_the_password_is_asked_for_and_the_address_kept(
    browser, db, sofia
):
    hers = browser.as_(sofia)
    with time_machine.travel(now(), tick=False) as clock:
        clock.shift(timedelta(minutes=14, seconds=59))
        page = hers.get(PAGE)
        clock.shift(timedelta(seconds=1))
        refused = page.form(PAGE).fill(email=NEW).submit()
        assert refused.leads_to("/sign-in/again")
        assert db.query(MailToken).count() == 0
        again = refused.follow().form("/sign-in/again").fill(password=PASSWORD).submit()
        form = again.follow().form(PAGE)
        assert form.value("email") == NEW
        assert db.query(MailToken).count() == 0
        assert form.submit().leads_to(PAGE)
        assert db.query(MailToken).one().email == NEW
        clock.shift(timedelta(minutes=15))
        assert hers.get(PAGE).leads_to("/sign-in/again")
        assert hers.post(CANCEL).leads_to("/sign-in/again")
        assert db.query(MailToken).count() == 1


# Waiting.


def test_what_waits_looks_the_same_whether_the_address_is_free_or_not(
    browser, db, mailbox, sofia, sam
):
    pages = []
    free = "sim@skileez.example"
    for email in (free, sam.email):
        answer = browser.as_(sofia).post(PAGE, {"email": email})
        page = answer.follow()
        mailbox.letters()  # and so it stays once the worker has been there
        assert browser.as_(sofia).get(PAGE).says(email)
        shown = page.one("main").get_text().replace(email, "…")
        pages.append((answer.status, answer.location, shown))
    assert pages[0] == pages[1]
    assert [one.to for one in mailbox.letters()] == [free]


def test_sofia_thinks_better_of_it(browser, db, mailbox, sofia):
    hers = browser.as_(sofia)
    hers.post(PAGE, {"email": NEW})
    link = mailbox.link(NEW)
    answer = hers.get(PAGE).form(CANCEL).submit()
    assert answer.follow().says("Your address stays as it is.")
    assert not hers.get(PAGE).has(f'form[action="{CANCEL}"]')
    guest = browser.as_guest()
    assert not guest.get(link).follow().says(NEW)
    assert guest.post("/confirm-email").is_conflict
    db.refresh(sofia)
    assert sofia.email == OLD


def test_a_mail_that_has_not_left_is_not_sent_once_it_is_called_off(browser, mailbox, sofia):
    browser.as_(sofia).post(PAGE, {"email": NEW})
    browser.as_(sofia).post(CANCEL)
    assert mailbox.letters() == []


# The link.


@pytest.mark.parametrize("how", ["used", "newer", "password", "reset", "expired"])
def test_a_dead_link_changes_nothing(browser, db, mailbox, sofia, how):
    hers, guest = browser.as_(sofia), browser.as_guest()
    hers.post(PAGE, {"email": NEW})
    link = mailbox.link(NEW)
    if how == "used":
        press(browser.as_guest(), link)
    elif how == "newer":
        hers.post(PAGE, {"email": "another@skileez.example"})
    elif how == "password":
        hers.post("/settings/password", {"password": "four quiet green chairs"})
    elif how == "reset":
        make_mail_token(db, sofia, Purpose.RESET_PASSWORD, "r" * 43)
        other = browser.as_guest()
        other.cookies["__Host-flow"] = "r" * 43
        assert other.post("/reset-password", {"password": "four quiet green chairs"}).status == 303
    with time_machine.travel(now() + timedelta(hours=1 * (how == "expired"))):
        before = rows(db)
        assert not guest.get(link).follow().says(NEW)
        assert guest.post("/confirm-email").is_conflict
    assert rows(db) == before


def test_an_address_that_was_taken_meanwhile_is_said_to_be(browser, db, mailbox, sofia):
    browser.as_(sofia).post(PAGE, {"email": NEW})
    link = mailbox.link(NEW)
    make_account(db, email=NEW.lower())
    before = rows(db)
    answer = press(browser.as_guest(), link)
    assert answer.is_conflict and answer.says(TAKEN)
    assert rows(db) == before


def test_an_address_that_can_be_taken_back_is_nobody_elses(browser, db, mailbox, sofia, sam):
    browser.as_(sofia).post(PAGE, {"email": NEW})
    press(browser.as_guest(), mailbox.link(NEW))
    sent = {"first_name": "Eve", "last_name": "Moss", "email": OLD, "intent": "learn",
            "password": "four quiet green chairs", "adult": "yes"}  # fmt: skip
    assert browser.post("/sign-up", sent).location == "/sign-in?welcome=1"
    browser.as_(sam).post(PAGE, {"email": OLD})
    assert [one.to for one in mailbox.letters()] == [NEW, OLD]
    assert browser.post("/sign-in", {"email": OLD, "password": sent["password"]}).is_redisplay
    with time_machine.travel(now() + timedelta(hours=72)):
        browser.post("/sign-up", sent)
        assert mailbox.letters()[-1].subject == "Confirm your email address"


def test_nias_unproved_address_gets_no_way_back(browser, db, mailbox, nia):
    browser.as_(nia).post(PAGE, {"email": "nia.new@skileez.example"})
    press(browser.as_guest(), mailbox.link("nia.new@skileez.example"))
    assert [one.to for one in mailbox.letters()] == ["nia.new@skileez.example"]
    assert db.query(MailToken).count() == 0
    db.refresh(nia)
    assert nia.has_confirmed_email


def test_this_browser_needs_no_new_sign_in(browser, db, mailbox, sofia):
    hers = browser.as_(sofia)
    hers.post(PAGE, {"email": NEW})
    press(browser.as_guest(), mailbox.link(NEW))
    assert hers.get("/dashboard").is_good
    assert db.query(SignIn).count() == 1
    assert db.query(OutgoingMail).count() == 2
