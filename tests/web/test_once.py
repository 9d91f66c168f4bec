"""A form that is sent many times at once does what it does once, whichever worker gets it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select

from app.controllers.bookmarks import Bookmarks
from app.main import create_app
from db.engine import Database
from db.models.bookmarks import Bookmark
from db.models.submissions import Submission
from tests.browser import COOKIE, HOME
from tests.databases import keep_no_cookies
from tests.factories import make_request
from tests.web.probe import Probe

TIMES = 20
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}

Answers = list[Any]


@pytest.fixture
def workers(settings: Any, real_database: Database) -> Iterator[list[TestClient[Any]]]:
    """Two nodes at one database, each with its own connections."""
    address = real_database.url.render_as_string(hide_password=False)
    with ExitStack() as open_ones:
        nodes = []
        for _ in range(2):
            site = create_app(settings, Database(address), [Probe, Bookmarks])
            nodes.append(open_ones.enter_context(TestClient(site, base_url=HOME)))
            keep_no_cookies(nodes[-1])
        yield nodes


@pytest.fixture
def at_once(workers: list[TestClient[Any]], browser: Any) -> Callable[..., Answers]:
    """Sends one form twenty times at the same moment; `keys(n)` names the key of the n-th."""

    def send(
        person: Any, path: str, keys: Callable[[int], str], headers: dict[str, str] | None = None
    ) -> Answers:
        token = browser.as_(person).cookies[COOKIE]
        browser.settle()
        start = Barrier(TIMES)

        def one(number: int) -> Any:
            start.wait()
            return workers[number % 2].post(
                path,
                content=f"form_key={keys(number)}",
                headers={**FORM, **(headers or {}), "Cookie": f"{COOKIE}={token}"},
                follow_redirects=False,
            )

        with ThreadPoolExecutor(TIMES) as hands:
            return list(hands.map(one, range(TIMES)))

    return send


@pytest.mark.parametrize(
    ("way", "leads"), [({}, "location"), (HTMX, "hx-redirect")], ids=["page", "fragment"]
)
def test_twenty_times_the_same_key_is_once(at_once, db, sofia, way, leads):
    before = sofia.last_name
    answers = at_once(sofia, "/probe/grow", lambda _: "k-1", way)
    db.expire_all()
    assert sofia.last_name == before + "!"
    assert {answer.status_code for answer in answers} == {200 if way else 303}
    assert {answer.headers[leads] for answer in answers} == {f"/probe/done/{len(before) + 1}"}
    assert db.scalar(select(func.count()).select_from(Submission)) == 1


def test_twenty_clicks_on_a_bookmark_are_one_bookmark_and_one_answer(at_once, db, sofia, carla):
    wanted = make_request(db, sofia)
    answers = at_once(carla, f"/requests/{wanted.id}/bookmark", lambda _: "k-1", HTMX)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert db.scalar(select(func.count()).select_from(Bookmark)) == 1


def test_twenty_tabs_that_bookmark_are_one_bookmark(at_once, db, sofia, carla):
    wanted = make_request(db, sofia)
    answers = at_once(carla, f"/requests/{wanted.id}/bookmark", lambda n: f"k-{n}", HTMX)
    assert {answer.status_code for answer in answers} == {200}
    assert db.scalar(select(func.count()).select_from(Bookmark)) == 1


def test_the_same_key_of_two_people_is_two_deeds(at_once, db, sofia, sam):
    for person in (sofia, sam):
        before = person.last_name
        at_once(person, "/probe/grow", lambda _: "k-1")
        db.expire_all()
        assert person.last_name == before + "!"


def test_when_every_try_fails_the_key_stays_free(at_once, db, sofia):
    answers = at_once(sofia, "/probe/trouble/wrong-state", lambda _: "k-1")
    assert {answer.status_code for answer in answers} == {409}
    assert all("Somebody was quicker." in answer.text for answer in answers)
    assert db.scalar(select(func.count()).select_from(Submission)) == 0
