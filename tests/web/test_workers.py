"""Where work runs: what hashes passwords waits in a line of limited length."""

import asyncio
import threading

import pytest

from app.errors import Busy
from app.web import workers
from app.web.workers import LONGEST_LINE, Threads
from tests.factories import PASSWORD
from tests.patience import PATIENCE, until


@pytest.fixture
def threads(database, tmp_path):
    threads = Threads(database, size=2, workers=1, folder=tmp_path)
    yield threads
    threads.close()


def test_one_runs_thirty_two_wait_and_the_next_is_turned_away(threads):
    running, most = 0, 0
    gate = threading.Event()

    def hash_something():
        nonlocal running, most
        running += 1
        most = max(most, running)
        gate.wait(10)
        running -= 1
        return "hash"

    async def many():
        ask = [
            asyncio.create_task(threads.run(hash_something, write=True, slow=True))
            for _ in range(1 + LONGEST_LINE + 1)
        ]
        while threads.slow.length < 1 + LONGEST_LINE:
            await asyncio.sleep(0)
        gate.set()
        return await asyncio.gather(*ask, return_exceptions=True)

    *served, last = asyncio.run(many())
    assert served == ["hash"] * 33
    assert isinstance(last, Busy)
    assert most == 1
    assert asyncio.run(threads.run(lambda: "free again", write=True, slow=True)) == "free again"


def test_the_processes_of_a_node_share_its_line(database, tmp_path):
    threads = Threads(database, size=2, workers=4, folder=tmp_path)
    threads.close()
    assert threads.slow.longest == LONGEST_LINE // 4


def test_two_processes_of_a_node_hash_in_turns(threads, database, tmp_path):
    other = Threads(database, size=2, workers=1, folder=tmp_path)
    at_work, turns = threading.Lock(), []

    def hash_something():
        turns.append(at_work.acquire(blocking=False))
        threading.Event().wait(0.05)  # long enough for the other, if it could
        at_work.release()

    async def both():
        await asyncio.gather(*(
            one.run(hash_something, write=True, slow=True) for one in (threads, other)
        ))  # fmt: skip

    asyncio.run(both())
    other.close()
    assert turns == [True, True]


def test_nobody_waits_longer_than_is_said_for_what_stands_still(threads, monkeypatch, caplog):
    monkeypatch.setattr(workers, "LONGEST", 0.05)
    gate, done = threading.Event(), []

    def stands_still():
        assert gate.wait(PATIENCE)
        done.append("late")
        raise OSError("nobody hears this")

    async def ask():
        with pytest.raises(Busy):
            await threads.run(stands_still, write=True)
        gate.set()
        monkeypatch.undo()
        return await threads.run(lambda: [*done, "next"], write=True)

    assert asyncio.run(ask())[-1] == "next"
    assert "no answer after 0.05 seconds" in caplog.text
    until(lambda: done == ["late"])


def test_sofia_is_asked_to_come_back_when_the_line_is_full(browser, app, sofia):
    threads = app.app.state.threads
    threads.slow.length = threads.slow.longest + 1
    hers = {"email": "sofia@skileez.example", "password": PASSWORD}
    answer = browser.post("/sign-in", hers)
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert PASSWORD not in answer.text and "sofia@" not in answer.text
    assert browser.htmx.post("/sign-in", hers).status == 503
