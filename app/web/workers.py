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


class Threads:
    """The threads of this process.

    SQLite: a GET on the event loop (a read is microseconds), a POST in one writer thread (waiting
    for the file there stalls nobody). PostgreSQL: everything in threads, as many as connections.
    Whatever hashes passwords waits in a line of its own, so that a node makes one hash at a time;
    of the node's line each of its `workers` processes has an equal part.
    """

    def __init__(self, database: Database, *, size: int, workers: int, folder: Path) -> None:
        self.reads_on_loop = database.is_sqlite
        count = 1 if database.is_sqlite else size
        self.workers = ThreadPoolExecutor(count, thread_name_prefix="work")
        self.slow = ThreadPoolExecutor(1, thread_name_prefix="slow")
        self.slow_lock = folder / "slow.lock"
        self.slow_ones = 0
        self.longest_line = max(1, LONGEST_LINE // workers)

    async def run(self, work: Callable[[], T], *, write: bool, slow: bool = False) -> T:
        """Run `work` where it belongs and wait for its answer. Raises Busy before a long line."""
        if self.reads_on_loop and not write:
            return work()
        if slow:
            return await self._run_slowly(work)
        return await asyncio.get_running_loop().run_in_executor(self.workers, work)

    async def _run_slowly(self, work: Callable[[], T]) -> T:
        if self.slow_ones > self.longest_line:  # the one that runs does not wait
            raise Busy
        self.slow_ones += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.slow, partial(self._alone, work))
        finally:
            self.slow_ones -= 1

    def _alone(self, work: Callable[[], T]) -> T:
        # The file keeps the other workers of this node from hashing meanwhile.
        with locked(self.slow_lock):
            return work()

    def close(self) -> None:
        """Finish what is running."""
        self.workers.shutdown()
        self.slow.shutdown()
