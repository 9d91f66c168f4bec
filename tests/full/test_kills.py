"""Killed a hundred times under load: all that was acknowledged is there, and nothing twice."""

import random
import sqlite3
from collections.abc import Iterator

import psycopg
import pytest

from tests.full.loaded import Loaded, kill, loaded
from tests.postgres import Server

pytestmark = pytest.mark.full

KILLS_OF_THE_SITE = 100
KILLS_ON_POSTGRESQL = 30
KILLS_OF_POSTGRESQL = 20
BETWEEN = (10, 60)


def test_a_hundred_kills_of_the_site_on_sqlite(tmp_path):
    file = tmp_path / "skileez.db"
    with loaded(tmp_path, f"sqlite:///{file}") as here:
        keep_killing(here, KILLS_OF_THE_SITE)
        faults = here.faults()
    assert faults == []
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(durable=True)
    yield server
    server.stop()


def test_kills_of_the_site_on_postgresql(tmp_path, server):
    with loaded(tmp_path, server.url("postgres")) as here:
        keep_killing(here, KILLS_ON_POSTGRESQL)
        faults = here.faults()
    assert faults == []
    examine(server)


def test_twenty_kills_of_postgresql(tmp_path, server):
    dice = random.Random(26)
    with loaded(tmp_path, server.url("postgres")) as here:
        for _ in range(KILLS_OF_POSTGRESQL):
            here.load.go_on(dice.randint(*BETWEEN))
            server.kill()
            server.start()
        finish(here, KILLS_OF_POSTGRESQL)
        faults = here.faults()
    assert faults == []
    assert here.starts == 1  # it came back by itself each time
    examine(server)


def keep_killing(here: Loaded, times: int) -> None:
    dice = random.Random(26)
    for _ in range(times):
        here.load.go_on(dice.randint(*BETWEEN))
        kill(here.site)
        here.start().wait_until_up()
    finish(here, times)


def finish(here: Loaded, kills: int) -> None:
    """Everybody ends what they have begun, and the site stops as it should."""
    here.load.go_on(BETWEEN[1])
    here.load.end()
    assert here.site.stop() == 0
    # Else the kills would have met nobody.
    assert sum(deed.tries > 1 for deed in here.load.done) >= kills


def examine(server: Server) -> None:
    """Every index can be made anew from its table, and no page is torn."""
    with psycopg.connect(server.url("postgres").replace("+psycopg", ""), autocommit=True) as raw:
        raw.execute("REINDEX DATABASE postgres")
    server.shut_down()
    server.run("pg_checksums", "--check", server.data)
