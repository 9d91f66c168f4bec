"""Many open threads that poll, each every few seconds, here and in plain Flask."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click

from bench.crowd import filled, poll
from bench.polling import Heard, every
from bench.results import Result
from bench.sites import served
from db.engine import Database
from db.migrate import migrate

MOST_WAIT, MOST_EACH = 20.0, 16.0  # ms for all but one in a hundred, KiB
FLASK = 2_000  # threads that are too many for it


def polls(threads: int, pause: float, seconds: float, workers: int = 2) -> Iterator[Result]:
    """All of them on ours, and as many as Flask must fail with on Flask."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/skileez.db"
        database = Database(address)
        migrate(database)
        with database.writing() as db:
            questions = [[poll(*one)] for one in filled(db, threads)]
        database.dispose()
        where = f"sqlite, {workers} workers"
        with served("skileez", workers, Path(folder), address) as site:
            before, took, own = sum(site.memory()), site.cpu(), time.process_time()
            gc.freeze()
            gc.disable()  # a pause of the clients would be taken for one of the server
            heard = asyncio.run(every(site.port, questions, pause=pause, seconds=pause + seconds))
            gc.enable()
            took, own = site.cpu() - took, time.process_time() - own
            each = (max(sum(site.memory()), before) - before) * 1024 / threads
        name = f"{threads:,} open threads, a poll every {pause:g} s"
        yield Result(f"{name}: p99", where, heard.part(0.99) * 1000, MOST_WAIT, unit=" ms",
                     faults=_faults(heard))  # fmt: skip
        yield Result(f"{name}: memory of each", where, each, MOST_EACH, unit=" KiB")
        click.echo(
            f"  {heard.late} of {len(heard.latencies)} were asked late; of two cores the server had"
            f" {took / (pause + seconds):.2f}, the clients {own / (pause + seconds):.2f}."
        )
        yield _flask(questions[:FLASK], pause, seconds, workers, Path(folder), address)


def _flask(
    questions: list[list[bytes]], pause: float, seconds: float, workers: int, folder: Path,
    address: str,
) -> Result:  # fmt: skip
    name = f"the same of {len(questions):,} in Flask: p99, or an end"
    with served("flask", workers, folder, address) as site:
        try:
            asked = every(site.port, questions, pause=pause, seconds=pause + seconds)
            wait = asyncio.run(asyncio.wait_for(asked, 3 * (pause + seconds))).part(0.99)
        except (OSError, TimeoutError):
            wait = float("inf")
    where = f"sqlite, {workers} workers"
    return Result(name, where, wait * 1000, MOST_WAIT, is_least=True, unit=" ms")


def _faults(heard: Heard) -> list[str]:
    wrong = [f"{heard.wrong} wrong answers"] if heard.wrong else []
    return wrong + ([f"{heard.late} asked late"] if heard.late > len(heard.latencies) / 20 else [])
