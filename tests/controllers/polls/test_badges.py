"""Badges that every page asks about, slowly."""

import pytest

from db.models.sign_ins import SignIn
from db.models.threads import Thread
from tests.controllers.polls.test_messages_new import STATES, said
from tests.factories import make_message, make_notice, make_thread
from tests.statements import statements
from tests.tables import rows

PEOPLE = ["sofia", "carla", "dora", "sam", "cole", "sid", "mina"]


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla, "Would Thursday suit you?")
    thread.student_read = 0
    return thread


def poll(browser, told, query=""):
    return browser.htmx.get(f"/messages/unread{query}", headers={"HX-PTag": told})


def test_a_page_knows_what_it_shows_and_asks_only_for_more(browser, db, thread, sofia, cole):
    make_notice(db, sofia)
    sofias = browser.as_(sofia)
    page = sofias.get("/dashboard")
    top = page.one("header.top")
    assert (top["hx-get"], top["hx-ptag"]) == ("/messages/unread", "1-1")
    assert poll(sofias, "1-1").is_nothing_new
    make_message(db, make_thread(db, sofia, cole), cole)
    db.query(Thread).update({Thread.student_read: 0})
    assert poll(sofias, "1-1").headers["hx-ptag"] == "2-1"


def test_both_badges_come_as_the_page_has_them(browser, db, thread, sofia):
    make_notice(db, sofia)
    sofias = browser.as_(sofia)
    answer = poll(sofias, "0-0")
    assert answer.headers["hx-ptag"] == "1-1"
    assert [tag["hx-target"] for tag in answer.all("hx-partial")] == ["#unread", "#unread-notices"]
    page = sofias.get("/dashboard")
    for region in ("#unread", "#unread-notices"):
        assert str(answer.one(region)) == str(page.one(region))


def test_the_open_thread_does_not_count(browser, db, thread, sofia):
    sofias = browser.as_(sofia)
    assert poll(sofias, "0-0", f"?thread={thread.id}").is_nothing_new
    top = sofias.get(f"/messages/{thread.id}").one("header.top")
    assert (top["hx-get"], top["hx-ptag"]) == (f"/messages/unread?thread={thread.id}", "0-0")


def test_in_the_address_bar_it_is_the_inbox_with_what_is_unread(browser, db, thread, sofia, cole):
    read = make_thread(db, sofia, cole)
    make_message(db, read, sofia, "I have read this myself")
    page = browser.as_(sofia).get("/messages/unread")
    assert page.one("h1").get_text() == "Messages"
    assert page.has(f"#list a[href='/messages/{thread.id}']")
    assert not page.has(f"#list a[href='/messages/{read.id}']")
    thread.student_read = 1
    assert browser.as_(sofia).get("/messages/unread").says("Nothing unread")


@pytest.mark.parametrize("state", STATES)
def test_one_look_says_what_the_ordinary_way_says(request, app, browser, db, thread, state):
    people = [browser, *(browser.as_(request.getfixturevalue(name)) for name in PEOPLE)]
    db.flush()
    STATES[state](db, thread)
    looks = app.polls.looks
    for told, query in (("1-0", ""), ("0-0", ""), ("0-0", f"?thread={thread.id}")):
        for person in people:
            answers = []
            for app.polls.looks in (looks, []):
                answers.append(said(poll(person, told, query)))
            assert answers[0] == answers[1], (told, person.person)


@pytest.mark.parametrize("query", ["?thread=x", "?thread=", "?thread=0", "?a=1", "?thread=1&a=1"])
def test_odd_addresses_are_answered_alike(app, browser, thread, sofia, query):
    quick = said(poll(browser.as_(sofia), "1-0", query))
    app.polls.looks = []
    assert quick == said(poll(browser.as_(sofia), "1-0", query))


def test_an_idle_poll_changes_nothing(browser, db, database, thread, sofia):
    sofias = browser.as_(sofia)
    db.flush()
    before = rows(db)
    with statements(database) as sent:
        assert poll(sofias, "1-0").is_nothing_new
    assert len([one for one in sent if "token_hash" in one]) == 1
    assert rows(db) == before
    assert db.query(SignIn).count() == 1
