"""Hot pages and actions beside the same in plain Flask, by turns, in one run."""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.crowd import Crowd, crowd
from bench.polling import Heard, without_pause
from bench.results import Result
from bench.sites import Running, hello_for, served
from db.engine import Database
from tests import postgres

ASKERS, THREADS = 16, 4_000
SAME_SIZE = 0.05  # by which the two answers may differ
SLOWEST, SPREAD = 0.1, 10  # seconds, and p99 by p50, of what is written
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


@dataclass(frozen=True)
class Work:
    """What is asked, and how many times as cheap as in Flask it must be."""

    name: str
    questions: str
    least: float
    writes: bool = False
    beside_hello: float = 0


WORKS = (
    Work("request list, 20 cards", "lists", 4),
    Work("coach profile", "profiles", 4),
    Work("idle poll of a thread", "polls", 15, beside_hello=0.75),
    Work("send a message, durable", "messages", 2.5, writes=True),
    Work("bookmark toggle", "bookmarks", 3, writes=True),
)


@dataclass
class Turn:
    """What one server did in one turn."""

    heard: Heard
    cpu: float

    @property
    def each(self) -> float:
        """The processor's seconds of one answer."""
        return self.cpu / max(len(self.heard.latencies), 1)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.heard.latencies) / self.heard.seconds


def beside(
    engines: Sequence[str], workers: Sequence[int], rounds: int, seconds: float, only: str
) -> Iterator[Result]:
    """Every work on every database with so many processes each."""
    for engine in engines:
        with database(engine) as (address, folder):
            asked = crowd(Database(address), folder, THREADS, ASKERS)
            for number in workers:
                where = f"{engine}, {number} worker{'s' * (number > 1)}"
                with ExitStack() as open_:
                    sites = {
                        name: open_.enter_context(served(name, number, folder, address))
                        for name in ("skileez", "flask", "hello")
                    }
                    for work in WORKS:
                        if only in work.name:
                            yield from judged(work, where, sites, asked, rounds, seconds)


@contextmanager
def database(engine: str) -> Iterator[tuple[str, Path]]:
    """An empty database that keeps what it acknowledges, and a folder beside it."""
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield f"sqlite:///{folder}/skileez.db", Path(folder)
            return
        postgres.SETTINGS.update(DURABLE)
        server = postgres.Server()
        try:
            yield postgres.clone(str(server.folder), "skileez", "template1"), Path(folder)
        finally:
            server.stop()


def judged(
    work: Work, where: str, sites: dict[str, Running], asked: Crowd, rounds: int, seconds: float
) -> Iterator[Result]:
    """The rows of one work."""
    questions: list[list[bytes]] = getattr(asked, work.questions)[:ASKERS]
    turns: dict[str, list[Turn]] = {name: [] for name in sites}
    names = [*sites] if work.beside_hello else ["skileez", "flask"]
    for name in names:
        turn(sites[name], name, questions, min(1, seconds))  # warm
    for _ in range(rounds):
        for name in names:
            turns[name].append(turn(sites[name], name, questions, seconds))
    ours, peers = turns["skileez"], turns["flask"]
    yield Result.beside(
        work.name, where, [one.each for one in ours], [one.each for one in peers],
        (median(one.rate for one in ours), median(one.rate for one in peers)), work.least,
        faults(work, ours, peers),
    )  # fmt: skip
    if work.beside_hello:
        hello = median(one.each for one in turns["hello"])
        share = hello / median(one.each for one in ours)
        yield Result(
            f"{work.name} beside the hello", where, share, work.beside_hello, is_least=True
        )
    if work.writes:
        yield from waits(work, where, ours)


def turn(site: Running, name: str, questions: Sequence[Sequence[bytes]], seconds: float) -> Turn:
    """One server, asked by all askers without pause for so long."""
    if name == "hello":
        questions = [hello_for(one[0]) for one in questions]
    before = site.cpu()
    heard = asyncio.run(without_pause(site.port, questions, seconds))
    return Turn(heard, site.cpu() - before)


def faults(work: Work, ours: Sequence[Turn], peers: Sequence[Turn]) -> list[str]:
    """What makes a comparison worth nothing."""
    said = [
        f"{turn.heard.wrong} wrong answers: {turn.heard.words[:60]!r}"
        for turn in (*ours, *peers)
        if turn.heard.wrong
    ]
    one, other = (len(turns[-1].heard.words.partition(b"\r\n\r\n")[2]) for turns in (ours, peers))
    if abs(one - other) > SAME_SIZE * max(one, other) and not work.writes:
        said.append(f"answers of {one} and {other} bytes")
    return said


def waits(work: Work, where: str, ours: Sequence[Turn]) -> Iterator[Result]:
    """How long who writes waits."""
    spread = median(one.heard.part(0.99) / one.heard.part(0.5) for one in ours)
    longest = median(max(one.heard.latencies) for one in ours)
    yield Result(f"{work.name}: p99 by p50, {ASKERS} clients", where, spread, SPREAD)
    yield Result(f"{work.name}: longest wait", where, longest * 1000, SLOWEST * 1000, unit=" ms")
