"""A thread of thousands of messages opens like one of fifty: what it asks, and what it sends."""

from datetime import timedelta

import brotli
import pytest
from sqlalchemy import event, insert, text

from app.clock import now
from db.models.messages import Message
from tests.factories import make_message, make_proposal, make_request, make_thread

MOST = 10 * 1024
ORDINARY = (
    "Thursday at six would suit me well. Could we begin with the chapter we did not finish?",
    "I have written down ten sentences about my week, as you asked. Two of them felt wrong.",
    "That is normal, and easy to put right: read them to me aloud and you will hear which.",
    "My train is late today, so let us say a quarter past. I will bring the list of verbs.",
    "Here is the page I told you about: https://www.example.org/grammar/past-tenses?lesson=4",
    "Good. Then next week we speak about food, markets and prices, and you order a meal.",
    "Thank you, that helped a lot",
)


@pytest.fixture
def thread(db, sofia, carla):
    """Two years of talk."""
    thread = make_thread(db, sofia, carla)
    began = now() - timedelta(days=700)
    rows = [
        {
            "thread_id": thread.id,
            "number": number,
            "sender_id": (sofia.id, carla.id)[number % 2],
            "text": f"{ORDINARY[number % 7]} {ORDINARY[number % 5]} ({number})",
            "created_at": began + number * timedelta(hours=3),
        }
        for number in range(1, 5001)
    ]
    db.execute(insert(Message), rows)
    thread.last_number = thread.student_read = thread.coach_read = 5000
    make_proposal(db, make_request(db, sofia), carla)
    return thread


@pytest.fixture
def asked(database):
    """Every SELECT from here on, with its values."""
    found = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda conn, cursor, words, values, *rest: found.append((words, values)),
    )
    return found


def test_it_sends_at_most_ten_kilobytes(browser, thread, sofia, carla):
    for person, cookies in ((sofia, {"seen": "1"}), (carla, {"seen": "1"})):
        theirs = browser.as_(person)
        theirs.cookies |= cookies
        page = theirs.get(f"/messages/{thread.id}")
        assert len(page.all("li.msg")) == 30
        assert len(brotli.compress(page.text.encode(), quality=4)) < MOST
    part = browser.htmx.as_(sofia).get(f"/messages/{thread.id}?before=2500")
    assert len(part.all("li.msg")) == 30
    assert len(brotli.compress(part.text.encode(), quality=4)) < MOST


def test_it_asks_as_much_as_a_short_one(browser, db, thread, sofia, cole, asked):
    short = make_thread(db, sofia, cole)
    make_message(db, short, cole, "Hello Sofia")
    counts = []
    for number in (short.id, thread.id):
        browser.as_(sofia).get(f"/messages/{number}")
        asked.clear()
        browser.as_(sofia).get(f"/messages/{number}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("query", ["", "?before=2500"])
def test_every_look_at_the_messages_follows_an_index(browser, db, thread, sofia, asked, query):
    browser.as_(sofia).get(f"/messages/{thread.id}{query}")
    of_messages = [(words, values) for words, values in asked if "FROM messages" in words]
    assert len(of_messages) >= 2
    for words, values in of_messages:
        if db.get_bind().dialect.name == "sqlite":
            rows = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
            plan = [row[-1] for row in rows]
            assert any("SEARCH messages USING" in step for step in plan), plan
            assert not any("SCAN" in step or "B-TREE" in step for step in plan), plan
        else:
            db.execute(text("ANALYZE messages"))
            rows = db.connection().exec_driver_sql(f"EXPLAIN {words}", values)
            plan = [row[0] for row in rows]
            assert any("Index" in step and "messages" in step for step in plan), plan
            assert not any("Seq Scan on messages" in step or "Sort" in step for step in plan), plan
