"""An open inbox: what is written meanwhile comes to its top."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.sign_ins import SignIn
from tests.factories import make_message, make_thread
from tests.statements import statements
from tests.tables import rows


@pytest.fixture
def threads(db, sofia, carla, cole):
    threads = [make_thread(db, sofia, coach) for coach in (carla, cole)]
    for ago, thread in zip((2, 1), threads, strict=True):
        make_message(db, thread, sofia, "Hello", created_at=now() - timedelta(hours=ago))
    return threads


def poll(browser, told):
    return browser.htmx.get("/messages/new", headers={"HX-PTag": told})


def told_by(page):
    region = page.one("#threads")
    assert region["hx-get"] == "/messages/new" and region["hx-trigger"] == "poll"
    return region["hx-ptag"]


def test_a_quiet_inbox_is_two_statements_and_changes_nothing(browser, db, database, threads, sofia):
    sofias = browser.as_(sofia)
    told = told_by(sofias.get("/messages"))
    db.query(SignIn).update({SignIn.seen_at: now() - timedelta(hours=1)})
    before = rows(db)
    with statements(database) as sent:
        assert poll(sofias, told).is_nothing_new
    assert len([one for one in sent if one.startswith("SELECT")]) == 2
    assert rows(db) == before


def test_words_bring_their_thread_to_the_top_and_nothing_else(browser, db, threads, sofia, carla):
    sofias = browser.as_(sofia)
    told = told_by(sofias.get("/messages"))
    make_message(db, threads[0], carla, "Would Thursday suit you?")
    answer = poll(sofias, told)
    mine = f"t{threads[0].id}"
    assert [(tag["hx-target"], tag["hx-swap"]) for tag in answer.all("hx-partial")] == [
        (f"#{mine}", "delete"), ("#list", "afterbegin")
    ]  # fmt: skip
    page = sofias.get("/messages")
    assert str(answer.one(f"#{mine}")) == str(page.all("#list > li")[0])
    assert answer.headers["hx-ptag"] == told_by(page)
    assert poll(sofias, told_by(page)).is_nothing_new


def test_words_that_were_stamped_before_the_latest_and_kept_after_it_come_too(
    browser, db, threads, sofia, carla, cole
):
    at = now()
    make_message(db, threads[1], cole, "Later", created_at=at)
    sofias = browser.as_(sofia)
    told = told_by(sofias.get("/messages"))
    make_message(db, threads[0], carla, "Earlier", created_at=at - timedelta(seconds=2))
    answer = poll(sofias, told)
    assert answer.has(f"#t{threads[0].id}") and "Earlier" in answer.text
    page = sofias.get("/messages")
    brought = [tag["id"] for tag in answer.all("li[id]")][::-1]
    assert brought == [tag["id"] for tag in page.all("#list > li")][: len(brought)]
    assert poll(sofias, told_by(page)).is_nothing_new


def test_the_first_thread_fills_an_empty_inbox(browser, db, sofia, carla):
    sofias = browser.as_(sofia)
    told = told_by(sofias.get("/messages"))
    assert told == "0.0" and poll(sofias, told).is_nothing_new
    make_message(db, make_thread(db, sofia, carla), carla)
    answer = poll(sofias, told)
    assert str(answer.one("#threads")) == str(sofias.get("/messages").one("#threads"))


@pytest.mark.parametrize("told", ["", "x", "9" * 20, "-1", "²"])
def test_an_odd_cursor_brings_the_list(browser, threads, sofia, told):
    answer = browser.as_(sofia).htmx.get("/messages/new", headers={"HX-PTag": told.encode()})
    assert answer.is_good and answer.has("#threads")


def test_what_is_older_or_chosen_does_not_poll(browser, db, threads, sofia):
    assert not browser.as_(sofia).get("/messages/unread").has("#threads[hx-get]")
    page = browser.as_(sofia).get("/messages/new")
    assert page.one("h1").get_text() == "Messages"
