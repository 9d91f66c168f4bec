"""Browsers: one connection each, kept open, asking without pause or at its own times."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import cast

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Asker(asyncio.Protocol):
    """One connection that sends its questions, one when the last is answered, again and again."""

    def __init__(self, *questions: bytes) -> None:
        self.questions = cycle(questions)
        self.heard = b""
        self.answer: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def ask(self) -> "asyncio.Future[bytes]":
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(next(self.questions))
        return self.answer

    def data_received(self, data: bytes) -> None:
        self.heard += data
        head, end, body = self.heard.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0) and self.answer is not None:
            whole, self.heard, answer, self.answer = self.heard, b"", self.answer, None
            if not answer.done():
                answer.set_result(whole)

    def connection_lost(self, error: Exception | None) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(ConnectionError("closed before it had answered"))


@dataclass
class Heard:
    """What came of it; `size` and `words` are of the last answer."""

    latencies: list[float] = field(default_factory=list)
    late: int = 0  # asked over 50 ms after its time: the asker was too busy
    wrong: int = 0
    seconds: float = 0
    size: int = 0
    words: bytes = b""

    def part(self, share: float) -> float:
        """The seconds within which this share of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


async def connected(port: int, questions: Sequence[Sequence[bytes]]) -> list[Asker]:
    """Every asker with its questions and its connection, opened a few at a time."""
    loop = asyncio.get_running_loop()
    askers: list[Asker] = []
    for begin in range(0, len(questions), 100):
        made = [
            loop.create_connection(lambda one=one: Asker(*one), "127.0.0.1", port)  # type: ignore[misc]
            for one in questions[begin : begin + 100]
        ]
        askers += [asker for _, asker in await asyncio.gather(*made)]
    return askers


async def without_pause(port: int, questions: Sequence[Sequence[bytes]], seconds: float) -> Heard:
    """As fast as the answers come: what the server can do."""
    askers = await connected(port, questions)
    heard = Heard()
    begun = time.perf_counter()

    async def go_on(asker: Asker) -> None:
        while time.perf_counter() < begun + seconds:
            asked = time.perf_counter()
            note(heard, await asker.ask(), time.perf_counter() - asked)

    await asyncio.gather(*map(go_on, askers))
    heard.seconds = time.perf_counter() - begun
    close(askers)
    return heard


async def every(
    port: int, questions: Sequence[Sequence[bytes]], *, pause: float, seconds: float
) -> Heard:
    """Each at its own time within the pause, whether the last answer was quick or not.

    The first second does not count: in it every process opens the database.
    """
    askers = await connected(port, questions)
    heard, beginning = Heard(), Heard()
    begun = time.perf_counter() + 0.5

    async def go_on(asker: Asker, first: float) -> None:
        due = begun + first
        while due < begun + seconds:
            await asyncio.sleep(max(0, due - time.perf_counter()))
            asked = time.perf_counter()
            into = heard if due > begun + 1 else beginning
            into.late += asked > due + 0.05
            note(into, await asker.ask(), time.perf_counter() - asked)
            due += pause

    every_so = pause / len(askers)
    await asyncio.gather(*(go_on(one, place * every_so) for place, one in enumerate(askers)))
    heard.seconds = time.perf_counter() - begun - 1
    close(askers)
    return heard


def note(heard: Heard, answer: bytes, took: float) -> None:
    heard.latencies.append(took)
    heard.size, heard.words = len(answer), answer
    heard.wrong += not answer.startswith((b"HTTP/1.1 204", b"HTTP/1.1 200"))


def close(askers: Sequence[Asker]) -> None:
    for asker in askers:
        asker.transport.close()
