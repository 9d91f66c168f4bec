"""HTTP/1.1 as it arrives, before the site is asked.

Uvicorn's protocol keeps a head (the request line and the headers, or what follows a body in pieces)
however large it becomes, and a line however long nothing comes: whoever sends one without end
would have all the memory there is.
"""

import asyncio
import time

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.watching import ARRIVED

LARGEST_HEAD = 64 * 1024  # bytes; who sends a quarter of it is told on a page (app/web/edge.py)
PATIENCE = 60  # seconds for a head, and for each piece of a body; thin lines need a few
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# What is no page loads nothing, wherever it is opened; and says so in as few bytes as possible.
FILE_POLICY = {b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'"}
TOO_LARGE = b"431 Request Header Fields Too Large", b"The headers of this request are too large.\n"
MALFORMED = b"400 Bad Request", b"This is no request as browsers send it.\n"


class Arrivals(HttpToolsProtocol):
    """One line: no head without end, nobody who is silent for ever, and when a head was whole.

    From then on a request waits for its turn.
    """

    arriving = 0  # bytes at once
    head: int | None = None  # those that came after its first ones; None between two of them
    watch: asyncio.TimerHandle | None = None  # while more is to come

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_the_next()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        self._unset_keepalive_if_required()  # Uvicorn does where a line ends in good order
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.arriving = len(data)
        super().data_received(data)
        if self.head is None:
            if self.cycle is None or self.cycle.response_complete:
                self._wait_for_the_next()
            elif self.cycle.more_body:
                self._stop_watching()
                self._watch()
            return
        self.head += self.arriving
        if self.head > LARGEST_HEAD:
            self.logger.warning("Headers without end were cut off.")
            self._refuse(*TOO_LARGE)
        elif self.watch is None:
            self._watch()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begin_a_head()

    def on_headers_complete(self) -> None:
        self._end_of_head()
        self.scope[ARRIVED] = time.perf_counter()  # type: ignore[literal-required]
        super().on_headers_complete()
        self.headers = []  # what follows a body in pieces was looked at by nobody, and is no header

    def on_chunk_header(self) -> None:
        self._begin_a_head()  # after the last piece, which is empty, there may be more headers

    def on_body(self, body: bytes) -> None:
        self._end_of_head()
        super().on_body(body)

    def on_message_complete(self) -> None:
        if self.watch is not None or self.head is not None:  # of a poll it is not, ever
            self._end_of_head()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(*MALFORMED)

    def _begin_a_head(self) -> None:
        self.head = -self.arriving  # many requests may come at once, of which this is the last

    def _end_of_head(self) -> None:
        self.head = None
        if self.watch is not None:
            self._stop_watching()

    def _wait_for_the_next(self) -> None:
        # Who never says anything is left like one who has nothing more to say.
        if self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def _watch(self) -> None:
        self.watch = self.loop.call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        if self.flow.read_paused:  # by us, who have not come so far
            self._watch()
        else:
            self.timeout_keep_alive_handler()

    def _stop_watching(self) -> None:
        if self.watch is not None:
            self.watch.cancel()
            self.watch = None

    def _refuse(self, status: bytes, words: bytes) -> None:
        self._end_of_head()
        # Into an answer that is being sent nothing is written; its reader sees that it was cut off.
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(_answer(status, words))
        self.transport.close()


def _answer(status: bytes, words: bytes) -> bytes:
    lines = [b"HTTP/1.1 " + status, b"content-type: text/plain; charset=utf-8"]
    lines += [b"content-length: %d" % len(words), b"cache-control: no-store", b"connection: close"]
    lines += [name + b": " + value for name, value in (HEADERS | FILE_POLICY).items()]
    return b"\r\n".join([*lines, b"", words])
