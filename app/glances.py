"""Looks at PostgreSQL by one thread, which takes all that wait at once: being told to begin, and
telling that it is done, would cost more than the look itself.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

Look = Callable[[], bool]
Found = asyncio.Future[bool]
Looks = list[tuple[Look, Found]]

PATIENCE = 2.0  # seconds


class Glances:
    """Questions of one short statement each, as polls have them, answered in their order.

    Everything but the looking itself happens on the event loop.
    """

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="glance")
        self.taken: Looks = []  # now
        self.waiting: Looks = []
        self.watch: asyncio.TimerHandle | None = None  # while there are some
        self.is_late = False

    async def ask(self, look: Look) -> bool:
        """What a look says; False where the database does not answer, for it may not be so.

        That is known after PATIENCE, or after twice that for who waited behind others.
        """
        if self.is_late:
            return False
        loop = asyncio.get_running_loop()
        found: Found = loop.create_future()
        self.waiting.append((look, found))
        if self.watch is None:
            self._begin(loop)
        return await found

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self.taken, self.waiting = self.waiting, []
        self.thread.submit(self._look, loop)
        self.watch = loop.call_later(PATIENCE, self._give_up)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        # Of those who were told already, none is looked for: each would wait for the database.
        said = [False if found.done() else _said(look) for look, found in self.taken]
        loop.call_soon_threadsafe(self._end, loop, said)

    def _end(self, loop: asyncio.AbstractEventLoop, said: list[bool | Exception]) -> None:
        if self.watch is not None:
            self.watch.cancel()
        self.watch, self.is_late = None, False
        for (_, found), one in zip(self.taken, said, strict=True):
            if not found.done():
                found.set_exception(one) if isinstance(one, Exception) else found.set_result(one)
        if self.waiting:
            self._begin(loop)

    def _give_up(self) -> None:
        self.is_late = True
        for _, found in (*self.taken, *self.waiting):
            if not found.done():
                found.set_result(False)
        self.waiting = []


def _said(look: Look) -> bool | Exception:
    try:
        return look()
    except BaseException as error:  # whoever asked is to hear of anything
        if isinstance(error, Exception) and not isinstance(error, StopIteration):
            return error
        return RuntimeError(f"A look ended by {error!r}.")  # what no future takes
