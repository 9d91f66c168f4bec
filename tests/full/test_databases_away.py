"""PostgreSQL stands still, is stopped or held up: people are told so soon, and all comes back."""

import os
import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import psycopg
import pytest

from app.web.workers import LONGEST
from db.engine import OF_THE_SITE, Database
from db.migrate import migrate
from tests.full.loaded import kill, port_of_our_own
from tests.full.pairs import Pair, make_pairs
from tests.full.writers import Writer
from tests.patience import until
from tests.postgres import Server
from tests.test_cli import Site

pytestmark = pytest.mark.full

MANY = 40  # more than there are threads and connections
SLACK = 5  # seconds, on a machine that has other things to do
WORDS = "What I would like to say <takes> its time."


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def pair(server: Server) -> Pair:
    database = Database(server.url("postgres"))
    migrate(database)
    [pair] = make_pairs(database, 1)
    database.dispose()
    return pair


@pytest.fixture
def site(server: Server, pair: Pair, tmp_path: Path) -> Iterator[Site]:
    site = Site(
        tmp_path, port=port_of_our_own(), DATABASE_URL=server.url("postgres"),
        DATA_DIR=str(tmp_path / "data"), DEMO="0", WORKERS="2", LIMITS="1000",
    )  # fmt: skip
    yield site.wait_until_up()
    if site.process.poll() is None:
        kill(site)


def asked(site: Site, who: str, path: str, fields: dict[str, str] | None = None):
    """The answer, and how many seconds it took."""
    writer, began = Writer(site.port, threading.Event()), monotonic()
    status, _, page = writer.ask(who, path, fields)
    writer.hang_up()
    return status, page, monotonic() - began


def all_is_well(site: Site, pair: Pair) -> bool:
    """Pages show, words are taken, and nobody has been signed out."""
    there = f"/messages/{pair.thread}"
    looked = [asked(site, who, there)[0] for who in (pair.student, pair.coach) for _ in range(4)]
    ready = asked(site, "", "/readyz")[0]
    return {ready, *looked} == {200} and asked(site, pair.student, there, {"text": "Yes."})[
        0
    ] == 303


def the_rest_is_there(site: Site, pair: Pair) -> None:
    """What needs no database answers at once."""
    page = asked(site, pair.student, "/nowhere")
    assert page[0] == 404
    style = re.search(r'href="(/static/[^"]+\.css)"', page[1])
    for path in ("/healthz", *([style[1]] if style else [])):
        status, _, took = asked(site, pair.student, path)
        assert (path, status) == (path, 200) and took < SLACK


def test_a_database_that_stands_still_keeps_nobody_waiting_for_long(server, site, pair):
    assert all_is_well(site, pair)
    frozen = [server.process.pid, *server.children()]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(MANY) as pool:
            waiting = [pool.submit(asked, site, pair.student, "/dashboard") for _ in range(MANY)]
            sent = pool.submit(
                asked, site, pair.student, f"/messages/{pair.thread}", {"text": WORDS}
            )
            the_rest_is_there(site, pair)
            answers = [one.result() for one in waiting]
            status, page, _ = sent.result()
        assert {one[0] for one in answers} == {503}
        assert max(one[2] for one in answers) < LONGEST + SLACK
        assert status == 503 and "What I would like to say &lt;takes&gt; its time." in page
        assert asked(site, "", "/readyz")[:2] == (503, "not ready\n")
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    until(lambda: all_is_well(site, pair))
    assert site.stop() == 0


def test_a_database_that_is_stopped_is_missed_at_once(server, site, pair):
    assert all_is_well(site, pair)
    for _ in range(2):
        server.shut_down()
        for path in ("/dashboard", f"/messages/{pair.thread}", "/readyz"):
            status, page, took = asked(site, pair.student, path)
            assert status == 503 and took < SLACK
            wanted = "Nothing is lost. Try again in a few seconds."
            assert page == "not ready\n" if path == "/readyz" else wanted in page
        status, page, _ = asked(site, pair.student, f"/messages/{pair.thread}", {"text": WORDS})
        assert status == 503 and "What I would like to say &lt;takes&gt; its time." in page
        the_rest_is_there(site, pair)
        server.start()
        until(lambda: all_is_well(site, pair))
    assert site.stop() == 0


def test_a_table_that_is_held_up_stops_what_needs_it_and_nothing_else(server, site, pair):
    assert all_is_well(site, pair)
    with psycopg.connect(server.url("postgres").replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE")
        status, _, took = asked(site, pair.coach, f"/messages/{pair.thread}")
        assert status == 503 and took < OF_THE_SITE.lock + SLACK
        assert asked(site, pair.coach, "/contracts")[0] == 200
        the_rest_is_there(site, pair)
    until(lambda: all_is_well(site, pair))
    assert site.stop() == 0
