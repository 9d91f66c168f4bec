"""How much one person may write, and what happens to the words of whoever writes more."""

from datetime import timedelta

import pytest

from app.clock import now
from app.text_keys import text_key
from db.models.messages import Message
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from tests.factories import (
    make_coach,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)

CARLA = "/coaches/carla-ruiz/message"
WORDS = "I can help you. Book me now, I am the best coach there is."


def told(db, by, person, text=WORDS, ago=timedelta(0)):
    thread = make_thread(db, person, by)
    make_message(db, thread, by, text, text_key=text_key(text), created_at=now() - ago)
    return thread


@pytest.fixture
def thread(db, sofia, carla):
    return make_thread(db, sofia, carla)


@pytest.mark.parametrize("htmx", [True, False])
def test_the_fifth_person_is_not_sent_the_same_words(browser, db, thread, carla, htmx):
    for _ in range(4):
        told(db, carla, make_student(db))
    form = browser.as_(carla).get(f"/messages/{thread.id}").form("composer")
    answer = form.fill(text="i can HELP you: book me now!\nI am the best coach there is").submit(
        htmx=htmx
    )
    assert answer.is_redisplay and "to 4 people" in answer.error_of("text")
    assert answer.form("composer").value("text").startswith("i can HELP you")
    assert db.query(Message).count() == 4
    assert browser.as_(carla).post(f"/messages/{thread.id}", {"text": "Hello."}).status == 303


def test_the_fourth_is_and_whoever_has_them_may_get_them_again(browser, db, thread, carla):
    for _ in range(3):
        told(db, carla, make_student(db))
    for _ in range(2):
        assert browser.as_(carla).post(f"/messages/{thread.id}", {"text": WORDS}).status == 303


def test_a_day_later_they_may_be_sent_again(browser, db, thread, carla):
    for _ in range(4):
        told(db, carla, make_student(db), ago=timedelta(hours=24, minutes=1))
    assert browser.as_(carla).post(f"/messages/{thread.id}", {"text": WORDS}).status == 303


def test_what_everybody_says_to_everybody_is_never_stopped(browser, db, thread, carla):
    for _ in range(8):
        told(db, carla, make_student(db), "Thank you, see you")
    sent = {"text": "Thank you, see you"}
    assert browser.as_(carla).post(f"/messages/{thread.id}", sent).status == 303


def test_the_same_words_of_others_do_not_count(browser, db, thread, carla, cole):
    for _ in range(4):
        told(db, cole, make_student(db))
    assert browser.as_(carla).post(f"/messages/{thread.id}", {"text": WORDS}).status == 303


def test_first_words_count_too(browser, db, sam, carla):
    for _ in range(4):
        coach = make_coach(db)
        thread = make_thread(db, sam, coach, created_at=now() - timedelta(days=2))
        make_message(db, thread, sam, WORDS, text_key=text_key(WORDS))
    answer = browser.as_(sam).get(CARLA).form("first-message").fill(text=WORDS).submit()
    assert answer.is_redisplay and answer.error_of("text")
    assert answer.form("first-message").value("text") == WORDS
    assert db.query(Thread).count() == 4


def test_ten_new_threads_an_hour_whatever_becomes_of_them(browser, db, sam, carla):
    for _ in range(10):
        coach = make_coach(db)
        proposal = make_proposal(db, make_request(db, sam), coach, status=ProposalStatus.ACCEPTED)
        make_thread(
            db, sam, coach, created_at=now() - timedelta(minutes=5), proposal_id=proposal.id
        )
    answer = browser.as_(sam).post(CARLA, {"text": "A long letter"})
    assert answer.status == 429 and answer.says("A long letter") and answer.says("within an hour")
    assert 0 < int(answer.headers["retry-after"]) <= 3600


def test_threads_that_only_an_accepted_proposal_opened_do_not_count(browser, db, sam, carla):
    for _ in range(10):
        coach = make_coach(db)
        proposal = make_proposal(db, make_request(db, sam), coach, status=ProposalStatus.ACCEPTED)
        make_thread(
            db, sam, coach, created_at=now(), proposal_id=proposal.id, student_wrote_at=None
        )
    assert browser.as_(sam).post(CARLA, {"text": "Hello"}).status == 303
