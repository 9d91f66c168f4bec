"""Contact details and payment elsewhere, before a contract: a warning, and the words stay."""

import pytest

from app.contact_details import CONTACT, PAYMENT
from db.models.messages import Message
from db.models.proposals import ProposalStatus
from tests.factories import make_message, make_proposal, make_request, make_thread

CARLA = "/coaches/carla-ruiz/message"
NUMBER = "Call me on +254 722 123 456"


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    return thread


@pytest.mark.parametrize("htmx", [True, False])
def test_sofia_is_warned_once_and_sends_anyway(browser, db, thread, sofia, htmx):
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    answer = page.form("composer").fill(text=NUMBER).submit(htmx=htmx)
    assert answer.status == 422 and answer.says(CONTACT)
    assert answer.form("composer").value("text") == NUMBER
    assert db.query(Message).count() == 1
    sent = answer.form("composer").submit("Send anyway", htmx=htmx)
    assert sent.status == (200 if htmx else 303)
    assert db.query(Message).count() == 2
    assert browser.as_(sofia).get(f"/messages/{thread.id}").says(NUMBER)


def test_words_that_were_put_right_are_sent_without_more(browser, db, thread, sofia):
    address = f"/messages/{thread.id}"
    key = {"form_key": "once"}
    assert browser.as_(sofia).post(address, {"text": NUMBER} | key).status == 422
    assert browser.as_(sofia).post(address, {"text": "Thursday?"} | key).status == 303


def test_carla_is_warned_of_payment_elsewhere(browser, db, thread, carla):
    address = f"/messages/{thread.id}"
    answer = browser.as_(carla).post(address, {"text": "Pay me via PayPal, it is cheaper."})
    assert answer.status == 422 and answer.says(PAYMENT)
    sent = {"text": "Pay me via PayPal, it is cheaper.", "action": "send_anyway"}
    assert browser.as_(carla).post(address, sent).status == 303


def test_ordinary_words_are_never_held_up(browser, thread, sofia):
    words = "3 x 60 minutes on 27.11.2026 at 18:00 for $18.50 each"
    assert browser.as_(sofia).post(f"/messages/{thread.id}", {"text": words}).status == 303


def test_nobody_is_warned_once_there_is_a_contract(browser, db, thread, sofia, carla):
    wanted = make_request(db, sofia)
    thread.proposal_id = make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED).id
    for person in (sofia, carla):
        answer = browser.as_(person).post(f"/messages/{thread.id}", {"text": NUMBER})
        assert answer.status == 303


@pytest.mark.parametrize("htmx", [True, False])
def test_first_words_are_warned_of_as_well(browser, db, sam, carla, htmx):
    form = browser.as_(sam).get(CARLA).form("first-message").fill(text=NUMBER)
    answer = form.submit(htmx=htmx)
    assert answer.status == 422 and answer.says(CONTACT)
    assert answer.form("first-message").value("text") == NUMBER
    assert db.query(Message).count() == 0
    answer.form("first-message").submit("Send anyway", htmx=htmx)
    assert db.query(Message).one().text == NUMBER


def test_what_the_form_does_not_offer_is_refused(browser, db, thread, sofia):
    sent = {"text": "Hello", "action": "whatever"}
    assert browser.as_(sofia).post(f"/messages/{thread.id}", sent).status == 422
    assert db.query(Message).count() == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_so_are_the_words_of_an_invitation(browser, db, sofia, carla, htmx):
    make_request(db, sofia)
    form = browser.as_(sofia).get("/coaches/carla-ruiz/invite").form("invite")
    answer = form.fill(text=NUMBER).submit(htmx=htmx)
    assert answer.status == 422 and answer.says(CONTACT)
    assert db.query(Message).count() == 0
    answer.form("invite").submit("Send anyway", htmx=htmx)
    assert db.query(Message).one().text == NUMBER
