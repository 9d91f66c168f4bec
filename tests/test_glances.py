"""Many look at once: each hears what its own look says, and nobody waits for one that hangs."""

import asyncio
import threading

import pytest

from app import glances
from app.glances import Glances


@pytest.fixture
def held():
    """A look that hangs until it is let go; whether it has begun."""
    begun, free = threading.Event(), threading.Event()

    def look() -> bool:
        begun.set()
        return free.wait(10)

    yield look, begun, free
    free.set()


async def begun_in(thread):
    await asyncio.get_running_loop().run_in_executor(None, thread.wait, 10)


async def soon(is_so):
    while not is_so():
        await asyncio.sleep(0)


def test_each_hears_its_own_answer(held):
    hang, begun, free = held

    async def crowd() -> list[bool]:
        glances = Glances()
        first = asyncio.ensure_future(glances.ask(hang))
        await begun_in(begun)
        others = [asyncio.ensure_future(glances.ask(lambda n=n: n % 3 == 0)) for n in range(50)]
        await asyncio.sleep(0)
        free.set()
        return await asyncio.gather(first, *others)

    assert asyncio.run(crowd()) == [True, *(number % 3 == 0 for number in range(50))]


def test_those_who_wait_are_looked_for_by_one_turn_of_the_thread(held):
    hang, begun, free = held

    async def crowd() -> int:
        glances = Glances()
        turns, submit = [], glances.thread.submit
        glances.thread.submit = lambda *given: turns.append(1) or submit(*given)  # type: ignore
        first = asyncio.ensure_future(glances.ask(hang))
        await begun_in(begun)
        others = [asyncio.ensure_future(glances.ask(lambda: True)) for _ in range(50)]
        await asyncio.sleep(0)
        free.set()
        await asyncio.gather(first, *others)
        return len(turns)

    assert asyncio.run(crowd()) == 2


def test_who_waits_too_long_is_told_so_and_the_next_ones_at_once(held, monkeypatch):
    hang, _, free = held
    monkeypatch.setattr(glances, "PATIENCE", 0.05)

    async def people() -> list[bool]:
        some = Glances()
        both = await asyncio.gather(some.ask(hang), some.ask(lambda: True))
        assert some.is_late
        later = await some.ask(lambda: True)
        free.set()
        await asyncio.wait_for(soon(lambda: not some.is_late), 10)
        return [*both, later, await some.ask(lambda: True)]

    assert asyncio.run(people()) == [False, False, False, True]


def test_nobody_is_looked_for_who_was_told_already(held, monkeypatch):
    hang, begun, free = held
    monkeypatch.setattr(glances, "PATIENCE", 0.05)
    looked = []

    async def people() -> None:
        some = Glances()
        some.waiting = [(lambda: bool(looked.append(1)), asyncio.Future()) for _ in range(3)]
        asked = [found for _, found in some.waiting]
        some.waiting.insert(0, (hang, asyncio.Future()))
        last = asyncio.ensure_future(some.ask(lambda: True))
        await begun_in(begun)
        assert await asyncio.wait_for(asyncio.gather(*asked, last), 10) == [False] * 4
        free.set()
        await asyncio.wait_for(soon(lambda: not some.is_late), 10)

    asyncio.run(people())
    assert looked == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [(LookupError, LookupError), (StopIteration, RuntimeError), (SystemExit, RuntimeError)],
)
def test_a_fault_is_told_to_whoever_asked(fault, told):
    def break_() -> bool:
        raise fault

    async def people() -> list[bool | BaseException]:
        some = Glances()
        asked = [some.ask(lambda: True), some.ask(break_), some.ask(lambda: False)]
        return await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 10)

    first, said, last = asyncio.run(people())
    assert (first, last) == (True, False)
    assert isinstance(said, told)


def test_who_has_gone_away_disturbs_nobody(held):
    hang, begun, free = held

    async def people() -> list[bool]:
        some = Glances()
        gone = asyncio.ensure_future(some.ask(hang))
        await begun_in(begun)
        gone.cancel()
        after = asyncio.ensure_future(some.ask(lambda: True))
        free.set()
        return [await after, gone.cancelled()]

    assert asyncio.run(people()) == [True, True]
