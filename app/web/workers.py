"""Where work runs on this node: the event loop, threads, or a line of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.errors import Busy
from db.engine import Database
from db.sqlite import locked

T = TypeVar("T")
LONGEST_LINE = 32  # of a node


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


class Threads:
    """The threads of this process.

    SQLite: a GET on the event loop (a read is microseconds), a POST in one writer thread (waiting
    for the file there stalls nobody). PostgreSQL: everything in threads, as many as connections.
    What hashes passwords, and what makes pictures, waits in lines of their own; a glance at
    PostgreSQL goes through a thread that has nothing else to do.
    """

    def __init__(self, database: Database, *, size: int, workers: int, folder: Path) -> None:
        self.reads_on_loop = database.is_sqlite
        count = 1 if database.is_sqlite else size
        self.workers = ThreadPoolExecutor(count, thread_name_prefix="work")
        self.glances = ThreadPoolExecutor(1, thread_name_prefix="glance")
        self.slow = Line("slow", workers=workers, folder=folder)
        self.pictures = Line("pictures", workers=workers, folder=folder)

    async def run(self, work: Callable[[], T], *, write: bool, slow: bool = False) -> T:
        """Run `work` where it belongs and wait for its answer. Raises Busy before a long line."""
        if self.reads_on_loop and not write:
            return work()
        if slow:
            return await self.slow.run(work)
        return await asyncio.get_running_loop().run_in_executor(self.workers, work)

    async def glance(self, look: Callable[[], T]) -> T:
        """Wait for the answer to a question of one short statement, as polls have them."""
        if self.reads_on_loop:
            return look()
        return await asyncio.get_running_loop().run_in_executor(self.glances, look)

    def close(self) -> None:
        """Finish what is running."""
        for thread in (self.workers, self.glances, self.slow.thread, self.pictures.thread):
            thread.shutdown()
