"""Where work runs on this node: the event loop, threads, or a line of its own."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from app.errors import Busy
from app.glances import Glances
from db.engine import Database
from db.sqlite import locked

T = TypeVar("T")
log = logging.getLogger("skileez")

# Seconds until somebody is told that it takes too long; what the database gives up by itself, it
# has given up by then.
LONGEST = 20.0
LONGEST_LINE = 32  # of a node
AT_THE_DOOR = 3.0  # seconds that the first in line has waited, when nobody else is let in
IN_LINE = 6.0  # seconds after which it is too late to begin
MOST_IN_LINE = 500  # of a process; all of them at once are a flood, and no crowd


class Line:
    """Work that a node does one at a time, each of its processes having a part of the line."""

    def __init__(self, name: str, *, workers: int, folder: Path) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self.lock = folder / f"{name}.lock"
        self.length = 0
        self.longest = max(1, LONGEST_LINE // workers)

    async def run(self, work: Callable[[], T]) -> T:
        """Wait in line, then for the answer. Raises Busy before a long line."""
        if self.length > self.longest:  # the one that runs does not wait
            raise Busy
        self.length += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.thread, partial(self._alone, work))
        finally:
            self.length -= 1

    def _alone(self, work: Callable[[], T]) -> T:
        # The file keeps the other workers of this node from it meanwhile.
        with locked(self.lock):
            return work()


class Turns:
    """Threads that take work in turn, as long as the wait is one that people bear."""

    def __init__(self, name: str, count: int) -> None:
        self.threads = ThreadPoolExecutor(count, thread_name_prefix=name)
        self.waiting: deque[float] = deque()  # since when, the first in line first

    async def run(self, work: Callable[[], T]) -> T:
        """Wait in line, then for the answer. Raises Busy when the wait is too long."""
        at = time.monotonic()
        if self.waiting and (
            at - self.waiting[0] > AT_THE_DOOR or len(self.waiting) >= MOST_IN_LINE
        ):
            raise Busy
        self.waiting.append(at)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(self._begin, work))

    def _begin(self, work: Callable[[], T]) -> T:
        if time.monotonic() - self.waiting.popleft() > IN_LINE:
            raise Busy
        return work()


class Threads:
    """The threads of this process.

    SQLite: a GET on the event loop (a read is microseconds), a POST in one writer thread (waiting
    for the file there stalls nobody). PostgreSQL: everything in threads, as many as connections.
    What hashes passwords, and what makes pictures, waits in lines of their own; a glance at
    PostgreSQL goes through a thread that has nothing else to do. Whatever must be answered when
    all others wait has threads of its own.
    """

    def __init__(self, database: Database, *, size: int, workers: int, folder: Path) -> None:
        self.reads_on_loop = database.is_sqlite
        count = 1 if database.is_sqlite else size
        self.workers = Turns("work", count)
        self.spare = Turns("spare", 2)
        self.glances = Glances()
        self.slow = Line("slow", workers=workers, folder=folder)
        self.pictures = Line("pictures", workers=workers, folder=folder)

    async def run(
        self, work: Callable[[], T], *, write: bool, slow: bool = False, always: bool = False
    ) -> T:
        """Run `work` where it belongs and wait for its answer.

        Raises Busy before a long line, and when the answer takes too long.
        """
        if self.reads_on_loop and not write:
            return work()
        line = self.slow if slow else self.spare if always else self.workers
        return await _within(LONGEST, line.run(work))

    def close(self) -> None:
        """Finish what is running."""
        turns = (self.workers.threads, self.spare.threads)
        for threads in (*turns, self.glances.thread, self.slow.thread, self.pictures.thread):
            threads.shutdown()


async def _within(seconds: float, answer: Coroutine[Any, Any, T]) -> T:
    """The answer; raises Busy if there is none by then.

    What runs is not called off, and no thread is won back. What it does is done once all the same:
    whoever sends the form again sends the same key.
    """
    running = asyncio.ensure_future(answer)
    done, _ = await asyncio.wait({running}, timeout=seconds)
    if done:
        return running.result()
    running.add_done_callback(lambda late: late.cancelled() or late.exception())  # nobody asks
    log.warning("no answer after %s seconds", seconds)
    raise Busy
