"""A connection to a mail server that can be cut at any moment."""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

import msgspec

SILENCE = 10.0  # seconds without a byte
SOON, LAST = 1.0, 8.0  # seconds that a stop leaves to a mail, before and after it is handed over
GLANCE = 0.2


class Server(msgspec.Struct, frozen=True):
    """The mail server as SMTP_URL names it."""

    host: str
    port: int
    is_secure: bool
    user: str
    password: str


def server_of(url: str) -> Server:
    """What SMTP_URL says, with the usual ports where it names none."""
    parts = urlsplit(url)
    user = unquote(parts.username or "")
    is_secure = parts.scheme == "smtps"
    usual = 465 if is_secure else 587 if user else 25
    return Server(
        host=parts.hostname or "",
        port=parts.port or usual,
        is_secure=is_secure,
        user=user,
        password=unquote(parts.password or ""),
    )


class Line(smtplib.SMTP):
    """smtplib's connection. Its time limit is for each byte, so that a slow server has no limit."""

    def __init__(self, server: Server, *, name: str) -> None:
        super().__init__(local_hostname=name, timeout=SILENCE)
        self.context = ssl.create_default_context()
        self.is_cut = False
        self.last = SOON
        self.wire: socket.socket | None = None
        self.server = server
        self._host = server.host  # whose certificate STARTTLS asks for

    def dial(self) -> None:
        """Connect, and hear the server's greeting."""
        code, words = self.connect(self.server.host, self.server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        # A second hold on the connection: the first changes hands when it is encrypted.
        self.wire = plain.dup()
        if self.is_cut:
            self.cut()
        if self.server.is_secure:
            return self.context.wrap_socket(plain, server_hostname=host)
        return plain

    def cut(self) -> None:
        """End it from another thread: whoever waits for the server waits no longer."""
        self.is_cut = True
        if self.wire:
            with suppress(OSError):
                self.wire.shutdown(socket.SHUT_RDWR)

    def quit_soon(self) -> None:
        """Take leave, without waiting long for the server to do so too."""
        if self.sock:
            self.sock.settimeout(1)
        self.quit()

    def close(self) -> None:
        super().close()
        if self.wire:
            self.wire.close()


@contextmanager
def watched(line: Line, stop: threading.Event, limit: float) -> Iterator[None]:
    """Cut the line when it takes longer than the limit, or than a stop can wait."""
    over = threading.Event()

    def watch() -> None:
        late = time.monotonic() + limit
        while not over.wait(GLANCE):
            if stop.is_set():
                late = min(late, time.monotonic() + line.last)
            if time.monotonic() > late:
                line.cut()
                return

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
        line.close()
