"""How much a worker holds after a long load, whether that grows, and how soon it answers."""

import asyncio
import socket
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bench.crowd import Crowd, crowd
from bench.polling import without_pause
from bench.results import Result
from bench.sites import Running, free_port, served, started, until_answered
from db.engine import Database

MOST, MOST_GROWTH, LATEST = 120.0, 1.0, 3.0  # MiB a worker, MiB per 1,000 answers, seconds
ASKERS, LOOKS, ENOUGH = 8, 10, 2_000


def memory(seconds: float, workers: int = 2) -> Iterator[Result]:
    """After so many seconds of everything that is timed elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/skileez.db"
        asked = crowd(Database(address), Path(folder), 4_000, ASKERS)
        where = f"sqlite, {workers} workers"
        with served("skileez", workers, Path(folder), address) as site:
            sizes, answers, wrong = _load(site, asked, seconds, workers)
        half = len(sizes) // 2  # by then caches are full
        growth = (sizes[-1] - sizes[half]) / ((len(sizes) - 1 - half) * answers / len(sizes) / 1000)
        faults = [f"{wrong} wrong answers"] * bool(wrong)
        few = [f"only {answers:,} answers"] * (answers < ENOUGH)
        name = f"memory of a worker after {answers:,} answers"
        yield Result(name, where, max(sizes), MOST, unit=" MiB", faults=faults)
        yield Result(
            "its growth by 1,000 answers", where, growth, MOST_GROWTH, unit=" MiB", faults=few
        )
        yield Result("start to the first answer", where, start(address, Path(folder)), LATEST,
                     unit=" s")  # fmt: skip


def _load(
    site: Running, asked: Crowd, seconds: float, workers: int
) -> tuple[list[float], int, int]:
    sizes, answers, wrong = [], 0, 0
    works = (asked.lists, asked.profiles, asked.polls[:ASKERS], asked.bookmarks)
    questions = [list(chain.from_iterable(each)) for each in zip(*works, strict=True)]
    for _ in range(LOOKS):
        heard = asyncio.run(without_pause(site.port, questions, seconds / LOOKS))
        answers, wrong = answers + len(heard.latencies), wrong + heard.wrong
        sizes.append(max(site.memory()[-workers:]))
    return sizes, answers, wrong


def start(address: str, folder: Path) -> float:
    """Seconds from the command to the first answer, with a database that is up to date."""
    port = free_port()
    begun = time.perf_counter()
    running = started("skileez", 2, port, folder, address)
    try:
        until_answered(port, running)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET /sign-in HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n")
            line.recv(1)
        return time.perf_counter() - begun
    finally:
        running.terminate()
        running.wait(20)
