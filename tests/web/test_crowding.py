"""A request that waited too long for its turn: who is told to come back, and who goes on."""

import asyncio
import threading
from time import perf_counter
from typing import Any

import pytest

from app.assets import load
from app.errors import Busy
from app.web import workers
from app.web.workers import Turns
from db.models.sign_ins import SignIn
from tests.factories import make_message, make_thread
from tests.statements import statements


class Waited:
    """The site, as it is met by requests that have waited for `seconds`."""

    def __init__(self, edge: Any) -> None:
        self.edge = edge
        self.app = edge.app
        self.seconds = 0.0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope["arrived"] = perf_counter() - self.seconds
        await self.edge(scope, receive, send)


@pytest.fixture
def app(app: Any) -> Waited:
    return Waited(app)


def test_a_page_that_comes_too_late_is_short_and_asks_no_database(browser, app, sofia, database):
    sofias = browser.as_(sofia)
    sofias.settle()
    app.seconds = 4
    with statements(database) as sent:
        answer = sofias.send("GET", "/dashboard")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert answer.says("Nothing is lost. Try again in a few seconds.")
    assert len(answer.text) < 3000
    assert sent == []
    sofias.inspected(answer)


def test_htmx_is_told_where_notices_go(browser, app, sofia):
    app.seconds = 4
    answer = browser.as_(sofia).htmx.get("/requests")
    assert (answer.status, answer.one("hx-partial")["hx-target"]) == (503, "#flash")


def test_polls_go_first_and_say_nothing(browser, app, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello")
    sofias = browser.as_(sofia)
    told = sofias.get("/messages").one("#threads")["hx-ptag"]
    app.seconds = 0.5
    asking = {"HX-PTag": told, "HX-Request": "true", "HX-Request-Type": "partial"}
    answer = sofias.send("GET", "/messages/new", b"", asking)
    assert (answer.status, answer.text, answer.headers["hx-reswap"]) == (503, "", "none")
    assert sofias.get("/messages").status == 200
    app.seconds = 0.1
    assert sofias.send("GET", "/messages/new", b"", asking).status == 204


def test_a_form_that_comes_too_late_keeps_its_words_and_is_sent_again(
    browser, app, db, sofia, carla
):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla, "Hello")
    sofias = browser.as_(sofia)
    form = (
        sofias.get(f"/messages/{thread.id}").form(f"/messages/{thread.id}").fill(text="Dear Carla")
    )
    app.seconds = 4
    late = form.submit()
    assert late.status == 503
    assert late.texts("dd") == ["Dear Carla"]
    assert form.submit(htmx=True).status == 503
    app.seconds = 0
    assert not sofias.get(f"/messages/{thread.id}").says("Dear Carla")
    assert form.submit().leads_to(f"/messages/{thread.id}")  # the key was not used up
    assert sofias.get(f"/messages/{thread.id}").says("Dear Carla")


def test_health_files_and_sign_out_are_always_answered(browser, app, db, sofia):
    sofias = browser.as_(sofia)
    app.seconds = 60
    assert sofias.send("GET", "/healthz").status == 200
    assert sofias.send("GET", "/readyz").status == 200
    assert sofias.send("GET", load().address("app.css")).status == 200
    assert sofias.post("/sign-out").status == 303
    assert db.query(SignIn).count() == 0


# Lines of threads.


@pytest.fixture
def turns() -> Any:
    turns = Turns("test", 1)
    yield turns
    turns.threads.shutdown()


def answers_of(turns: Turns, count: int, opened: threading.Event) -> list[Any]:
    """One that is at work until it is opened, then `count` more."""

    async def all_of_them() -> list[Any]:
        first = asyncio.create_task(turns.run(opened.wait))
        while turns.waiting or not turns.threads._work_queue.empty() or not first:
            await asyncio.sleep(0)
        others = [asyncio.create_task(turns.run(lambda: "done")) for _ in range(count)]
        await asyncio.sleep(0)
        opened.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    return asyncio.run(all_of_them())


def test_everybody_gets_a_turn_as_long_as_it_goes_on(turns):
    assert answers_of(turns, 20, threading.Event()) == [True, *["done"] * 20]


def test_nobody_is_let_in_behind_one_who_waits_too_long(turns, monkeypatch):
    monkeypatch.setattr(workers, "AT_THE_DOOR", 0)
    first, second, *others = answers_of(turns, 4, threading.Event())
    assert (first, second) == (True, "done")
    assert all(isinstance(one, Busy) for one in others) and len(others) == 3


def test_what_could_not_begin_in_time_is_not_begun(turns, monkeypatch):
    monkeypatch.setattr(workers, "IN_LINE", 0)
    first, *others = answers_of(turns, 3, threading.Event())
    assert isinstance(first, Busy) or first is True
    assert all(isinstance(one, Busy) for one in others) and len(others) == 3


def test_a_flood_is_no_line(turns, monkeypatch):
    monkeypatch.setattr(workers, "MOST_IN_LINE", 2)
    _, *others = answers_of(turns, 5, threading.Event())
    assert [isinstance(one, Busy) for one in others] == [False, False, True, True, True]
