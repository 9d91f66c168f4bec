"""Proving an address, and what waits until it is proved."""

from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.mail_tokens import MailToken, Purpose
from db.models.messages import Message
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import Proposal
from tests.factories import make_mail_token, make_message, make_request, make_thread
from tests.mailbox import mailbox
from tests.tables import rows

__all__ = ["mailbox"]

PAGE, SEND = "/confirm-email", "/confirm-email/send"
SECRET = "s" * 43
JOIN = {
    "first_name": "Ruth", "last_name": "Achieng", "email": "Ruth@skileez.example",
    "password": "four quiet green chairs", "intent": "learn", "adult": "yes",
}  # fmt: skip
REQUEST = {
    "title": "Small talk in Portuguese", "skills": "Portuguese, small talk", "level": "beginner",
    "description": "My neighbours speak it, and I would like to say more than good morning.",
    "format": "ongoing", "question_1": "Where did you learn it?",
}  # fmt: skip
WORDS = "We would speak from the first minute, about markets and trains, and correct as we go."
PROPOSAL = {"message": WORDS, "sessions": "6", "minutes": "60", "price": "18", "action": "send"}


@pytest.fixture
def nias(browser, nia):
    return browser.as_(nia)


def carrying(browser, secret=SECRET):
    guest = browser.as_guest()
    guest.get(f"{PAGE}/{secret}")
    return guest


# Confirming.


def test_ruth_joins_and_confirms_her_address(browser, mailbox):
    browser.post("/sign-up", JOIN)
    hers = browser.as_guest()
    hers.post("/sign-in", {"email": JOIN["email"], "password": JOIN["password"]})
    assert hers.get("/dashboard").has(f'form[action="{SEND}"]')
    page = hers.get(mailbox.link(JOIN["email"])).follow()
    assert page.says(JOIN["email"])
    done = page.form(PAGE).submit()
    assert done.leads_to("/dashboard")
    home = done.follow()
    assert home.says("Your email address is confirmed.") and not home.has(f'form[action="{SEND}"]')


def test_she_confirms_in_a_browser_that_is_not_signed_in(browser, db, nia):
    make_mail_token(db, nia, Purpose.CONFIRM_EMAIL, SECRET)
    done = carrying(browser).post(PAGE)
    assert done.leads_to("/sign-in") and done.follow().says("Your email address is confirmed.")


@pytest.mark.parametrize("how", ["used", "newer", "password", "moved", "expired"])
def test_a_dead_link_confirms_nothing_and_leads_to_a_new_one(browser, db, nia, nias, how):
    make_mail_token(db, nia, Purpose.CONFIRM_EMAIL, SECRET, expires_at=now() + timedelta(hours=24))
    guest = carrying(browser)
    if how == "used":
        carrying(browser).post(PAGE)
    elif how == "newer":
        browser.as_guest().post(SEND, {"email": nia.email})
    elif how == "password":
        nias.post("/settings/password", {"password": "four quiet green chairs"})
    elif how == "moved":
        nia.email = nia.email_folded = "nia.new@skileez.example"
    with time_machine.travel(now() + timedelta(hours=24 * (how == "expired"))):
        before = rows(db)
        answer = guest.post(PAGE)
        assert answer.is_conflict
        assert guest.htmx.post(PAGE).is_conflict
        assert rows(db) == before
        if how != "moved":
            assert answer.click("Go on").says("This link was used before")
            assert answer.click("Go on").form(SEND)


# The mail again.


def test_nia_has_it_sent_again(mailbox, nia, nias):
    answer = nias.get("/dashboard").form(SEND).submit()
    page = answer.follow()
    assert page.says("a mail is on its way") and page.form(SEND).value("email") == nia.email
    assert [one.to for one in mailbox.letters()] == [nia.email]
    assert nias.get(mailbox.link(nia.email)).follow().form(PAGE).submit().leads_to("/dashboard")


def test_it_is_sent_again_as_a_fragment(browser, db, nia):
    assert browser.htmx.post(SEND, {"email": nia.email}).leads_to(PAGE)
    assert db.query(MailToken).count() == 1


@pytest.mark.parametrize("email", ["", "nia", "nia@"])
def test_what_is_no_address_comes_back_as_typed(browser, db, email):
    answer = browser.get(PAGE).form(SEND).fill(email=email).submit()
    assert answer.is_redisplay and answer.error_of("email")
    assert answer.form(SEND).value("email") == email
    assert browser.htmx.post(SEND, {"email": email}).is_redisplay
    assert db.query(OutgoingMail).count() == 0


# What waits for it.


def test_the_reminder_stands_on_every_page_of_nias_and_on_nobody_elses(browser, sofia, nias):
    for path in ("/dashboard", "/requests", "/messages", "/settings", "/coaches"):
        assert nias.get(path).has(f'aside form[action="{SEND}"]'), path
        assert not browser.as_(sofia).get("/dashboard").has(f'aside form[action="{SEND}"]')
    assert not browser.get("/coaches").has(f'form[action="{SEND}"]')


def test_a_request_is_not_posted_and_stays_as_typed(db, nias):
    page = nias.get("/requests/new")
    assert page.has('main a[href="/confirm-email"]')
    assert not page.has('button[value="publish"]') and page.has('button[value="save"]')
    for asking in (nias, nias.htmx):
        answer = asking.post("/requests", REQUEST | {"action": "publish"})
        assert answer.is_redisplay and answer.says("Confirm your email")
        form = answer.form("/requests")
        assert {name: form.value(name) for name in REQUEST} == REQUEST
    assert db.query(LearningRequest).count() == 0


def test_a_draft_is_saved_and_not_posted_from_there_either(db, nia, nias):
    form = nias.get("/requests/new").form("/requests").fill(**REQUEST)
    assert form.submit("save").status == 303
    draft = db.query(LearningRequest).one()
    assert draft.status is RequestStatus.DRAFT
    edit = f"/requests/{draft.id}/edit"
    assert not nias.get(edit).has('button[value="publish"]')
    sent = REQUEST | {"action": "publish", "version": str(draft.version)}
    answer = nias.post(edit, sent | {"title": "Long talk in Portuguese"})
    assert answer.is_redisplay
    assert answer.form(edit).value("title") == "Long talk in Portuguese"
    db.refresh(draft)
    assert (draft.status, draft.title) == (RequestStatus.DRAFT, REQUEST["title"])
    nia.email_confirmed_at = now()
    assert nias.get(edit).form(edit).submit("publish").status == 303
    db.refresh(draft)
    assert draft.status is RequestStatus.OPEN


def test_a_proposal_is_not_sent_and_its_words_are_kept(db, sofia, nias):
    wanted = make_request(db, sofia)
    page = nias.get(f"/requests/{wanted.id}")
    assert page.one("#proposal").find("a", href="/confirm-email")
    assert not page.has(f'form[action="/requests/{wanted.id}/proposals"]')
    for asking in (nias, nias.htmx):
        answer = asking.post(f"/requests/{wanted.id}/proposals", PROPOSAL)
        assert answer.is_not_allowed and answer.says("Confirm your email")
    assert nias.post(f"/requests/{wanted.id}/proposals", PROPOSAL).says(WORDS)
    assert db.query(Proposal).count() == 0


def test_a_first_message_is_not_sent_and_its_words_are_kept(db, carla, nias):
    page = nias.get("/coaches/carla-ruiz")
    assert page.has('main a[href="/confirm-email"]')
    assert not page.has('a[href="/coaches/carla-ruiz/message"]')
    answer = nias.post("/coaches/carla-ruiz/message", {"text": "Would Thursday suit you?"})
    assert answer.is_not_allowed
    assert answer.says("Confirm your email") and answer.says("Would Thursday suit you?")
    assert nias.get("/coaches/carla-ruiz/message").is_not_allowed
    assert db.query(Message).count() == 0


def test_a_message_is_not_sent_and_its_words_are_kept(db, nia, carla, nias):
    thread = make_thread(db, nia, carla)
    make_message(db, thread, carla)
    page = nias.get(f"/messages/{thread.id}")
    assert page.one("#composer").find("a", href="/confirm-email")
    assert not page.has("form#composer")
    answer = nias.post(f"/messages/{thread.id}", {"text": "Would Thursday suit you?"})
    assert answer.is_not_allowed
    assert answer.says("Confirm your email") and answer.says("Would Thursday suit you?")
    assert db.query(Message).count() == 1
