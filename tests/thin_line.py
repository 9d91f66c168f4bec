"""A thin line between a browser and the site: slow, far, lossy, cut, or losing answers."""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

PACKET = 1400
AGAIN = 3  # a lost packet is missed and sent once more: some round trips in which nothing moves on


class ThinLine:
    """A TCP proxy on 127.0.0.1; one rate for all connections and each way, in bytes a second.

    `trip` is the time a packet needs one way, in seconds, `loss` the share of packets that are
    lost. What is lost is decided by a fixed seed. A new connection costs a round trip.
    """

    def __init__(self, to: str, rate: float = 0, trip: float = 0, loss: float = 0) -> None:
        self.to = urlsplit(to)
        self.rate, self.trip, self.loss = rate, trip, loss
        self.is_cut = False
        self.instead = b""  # what is said instead of anything from the site
        self.losing: bytes = b""  # how requests begin whose answers never arrive
        self.lost = 0
        self.chance = random.Random(50)
        self.free = {True: 0.0, False: 0.0}  # from when on the line can take more, by its way
        self.open: set[asyncio.StreamWriter] = set()
        self.carrying: set[asyncio.Task[None]] = set()
        self.listens = threading.Event()

    async def serve(self) -> None:
        """Until `over` is set."""
        self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.listens.set()
        await self.over.wait()
        server.close()
        while self.open or self.carrying:
            self._abort()
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)  # until they are closed, too

    def cut(self, is_cut: bool = True) -> None:
        """Nothing comes through any more; or again."""
        self.is_cut = is_cut
        if is_cut:
            self.loop.call_soon_threadsafe(self._abort)

    def say(self, instead: bytes) -> None:
        """Everything is answered by these bytes, as by a proxy that cannot reach the site."""
        self.instead = instead
        self.loop.call_soon_threadsafe(self._abort)

    def _abort(self) -> None:
        for task in self.carrying:
            task.cancel()
        for one in self.open:
            one.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.add(writer)
        await asyncio.sleep(self.trip * 2)
        if self.is_cut or self.over.is_set():
            writer.transport.abort()
        elif self.instead:
            await reader.read(PACKET)
            writer.write(self.instead)
        else:
            await self._join(reader, writer)
        writer.close()
        self.open.discard(writer)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, site = await asyncio.open_connection(self.to.hostname, self.to.port)
        asked: dict[str, bytes] = {"last": b""}
        both = {
            asyncio.create_task(self._carry(reader, site, asked, up=True)),
            asyncio.create_task(self._carry(there, writer, asked)),
        }
        self.carrying |= both
        await asyncio.gather(*both, return_exceptions=True)
        self.carrying -= both
        site.close()

    async def _carry(
        self,
        come: asyncio.StreamReader,
        go: asyncio.StreamWriter,
        asked: dict[str, bytes],
        up: bool = False,
    ) -> None:
        clock, due = asyncio.get_running_loop().time, 0.0
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(deliver(queue, go))
        self.carrying.add(delivering)
        delivering.add_done_callback(self.carrying.discard)
        while packet := await come.read(PACKET):
            if up and packet.split(b" ")[0] in (b"GET", b"POST"):
                asked["last"] = packet
            if not up and self.losing and asked["last"].startswith(self.losing):
                self.lost += 1
                go.transport.abort()
                break
            start = max(clock(), self.free[up])
            self.free[up] = start + (len(packet) / self.rate if self.rate else 0)
            missed = self.trip * 2 * AGAIN if self.chance.random() < self.loss else 0
            due = max(due, self.free[up] + self.trip + missed)  # what follows waits for it
            queue.put_nowait((due, packet))
        queue.put_nowait((due, b""))
        await delivering


async def deliver(queue: "asyncio.Queue[tuple[float, bytes]]", go: asyncio.StreamWriter) -> None:
    """Each packet when it is due, in order; nothing at all is the end."""
    while True:
        due, packet = await queue.get()
        await asyncio.sleep(max(0, due - asyncio.get_running_loop().time()))
        if go.is_closing():
            return
        if not packet:
            if go.can_write_eof():
                go.write_eof()
            return
        go.write(packet)


@contextmanager
def thin_line(to: str, **options: Any) -> Iterator[ThinLine]:
    """A line to the site at `to`, served by a thread of its own."""
    line = ThinLine(to, **options)
    thread = threading.Thread(target=lambda: asyncio.run(line.serve()))
    thread.start()
    try:
        assert line.listens.wait(10)
        yield line
    finally:
        line.loop.call_soon_threadsafe(line.over.set)
        thread.join(10)
