"""HTTP/1.1 as it arrives, before the site is asked.

Uvicorn's protocol keeps a head (the request line and the headers) however large it becomes and
however long it takes: whoever sends one without end would have all the memory there is.
"""

import asyncio
import time

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.watching import ARRIVED

LARGEST_HEAD = 64 * 1024  # bytes; who sends a quarter of it is told on a page (app/web/edge.py)
PATIENCE = 60  # seconds for a head; the thinnest line brings a browser's within a few
TOO_LARGE = b"431 Request Header Fields Too Large", b"The headers of this request are too large.\n"
MALFORMED = b"400 Bad Request", b"This is no request as browsers send it.\n"
HEADERS = (
    b"content-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n"
    b"x-content-type-options: nosniff\r\nconnection: close\r\n"
    b"content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n"
)


class Arrivals(HttpToolsProtocol):
    """Notes when a head was whole: from then on the request waits for its turn."""

    arriving = 0  # bytes at once
    head: int | None = None  # those that came after its first ones; None between two of them
    watch: asyncio.TimerHandle | None = None  # over one that did not come in one piece

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # One that never says anything ends as one that has nothing more to say.
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.arriving = len(data)
        super().data_received(data)
        if self.head is None:
            return
        self.head += self.arriving
        if self.head > LARGEST_HEAD:
            self._refuse(*TOO_LARGE)
        elif self.watch is None:
            self.watch = self.loop.call_later(PATIENCE, self.timeout_keep_alive_handler)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.head = -self.arriving  # for these may be many requests, of which this is the last one

    def on_headers_complete(self) -> None:
        self.head = None
        self._stop_watching()
        self.scope[ARRIVED] = time.perf_counter()  # type: ignore[literal-required]
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(*MALFORMED)

    def _stop_watching(self) -> None:
        if self.watch is not None:
            self.watch.cancel()
            self.watch = None

    def _refuse(self, status: bytes, words: bytes) -> None:
        self._stop_watching()
        # Into an answer that is being sent nothing is written; its reader sees that it was cut off.
        if self.cycle is None or self.cycle.response_complete:
            length = b"content-length: %d\r\n" % len(words)
            self.transport.write(
                b"HTTP/1.1 " + status + b"\r\n" + HEADERS + length + b"\r\n" + words
            )
        self.transport.close()
