"""What has no end takes no memory and no time: at a real server, as each worker runs it."""

import gc
import itertools
import re
import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from time import perf_counter
from typing import Any

import pytest
import uvicorn

from app import arrivals
from app.arrivals import FILE_POLICY, HEADERS, Arrivals
from app.processes import configured
from tests.patience import PATIENCE, until
from tests.sites import served

ANSWER = b"HTTP/1.1 200 OK\r\n"
GET = b"GET / HTTP/1.1\r\nHost: skileez.test\r\n"
POST = GET.replace(b"GET", b"POST")
IN_PIECES = b"Transfer-Encoding: chunked\r\n\r\n"
CHUNK = b"x" * (64 << 10)
# What a system takes for a program that does not read, on both ends, and what it has read by then.
MOST_SENT = 32 << 20


async def site(scope: Any, receive: Any, send: Any) -> None:
    """Reads the body, and says that all is well if nothing was slipped in with it."""
    if scope["type"] == "lifespan":
        return
    while (await receive()).get("more_body"):
        pass
    status = 500 if b"x-after" in dict(scope["headers"]) else 200
    said = [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": said})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def config() -> uvicorn.Config:
    return configured(lambda: site)


@pytest.fixture
def door(config: uvicorn.Config) -> Iterator[socket.socket]:
    """The address of the server."""
    config.lifespan = "off"
    with served(config) as door:
        yield door


@pytest.fixture
def line(door: socket.socket) -> Iterator[socket.socket]:
    with socket.create_connection(door.getsockname(), PATIENCE) as line:
        yield line


def heard(line: socket.socket) -> bytes:
    """Everything until the server ends it."""
    said = b""
    try:
        while part := line.recv(1 << 16):
            said += part
    except ConnectionResetError:  # it closed before it had read all
        pass
    return said


def answer(line: socket.socket) -> bytes:
    """One answer, all of which is its head, or as much as came of it."""
    said = b""
    while not said.endswith(b"\r\n\r\n") and (byte := line.recv(1)):
        said += byte
    return said


def sent_until_refused(line: socket.socket, *parts: bytes) -> int:
    """How many bytes of this and ever more of its end could be sent."""
    sent = 0
    try:
        for part in itertools.chain(parts, itertools.repeat(parts[-1])):
            line.sendall(part)
            sent += len(part)
            if sent > MOST_SENT:
                break
    except (BrokenPipeError, ConnectionResetError):
        pass
    return sent


@pytest.mark.parametrize(
    "parts",
    [
        (GET + IN_PIECES + b"0\r\nX-Trailer: ", CHUNK),
        (POST + IN_PIECES + b"1\r\nx\r\n0\r\nX-Trailer: ", CHUNK),
        (b"GET /", CHUNK), (GET + b"X-Endless: ", CHUNK), (GET, b"X-More: and more\r\n" * 3000),
        (b"GET / HTTP/1.1\r\n" + CHUNK, CHUNK),
        (GET.replace(b"1.1", b"1.0") + b"Cookie: ", CHUNK),
    ],
    ids=["trailer", "trailer of a form", "address", "header", "headers", "name", "an older one"],
)  # fmt: skip
def test_a_head_without_end_is_cut_off(line, parts):
    assert sent_until_refused(line, *parts) < MOST_SENT


def test_what_is_too_large_is_told_so_with_the_headers_of_every_answer(line):
    line.sendall(GET + b"X-Endless: ")
    with suppress(BrokenPipeError, ConnectionResetError):
        for _ in range(MOST_SENT // 64):
            if select.select([line], [], [], 0)[0]:
                break
            line.send(b"x" * 64)
    said = heard(line)
    assert said.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    head, _, words = said.partition(b"\r\n\r\n")
    assert words == b"The headers of this request are too large.\n"
    assert b"content-length: %d\r\n" % len(words) in head
    for name, value in (HEADERS | FILE_POLICY).items():
        assert name + b": " + value in head


@pytest.mark.parametrize(
    "odd",
    [
        b"nonsense\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", GET + b"a b\r\n\r\n",
        POST + IN_PIECES + b"zz\r\n",
    ],
    ids=["words", "TLS", "header", "piece"],
)  # fmt: skip
def test_what_is_no_request_is_told_so_with_them(line, odd):
    line.sendall(odd)
    said = heard(line)
    assert said.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"x-content-type-options: nosniff" in said
    assert said.endswith(b"\r\n\r\nThis is no request as browsers send it.\n")


def test_a_head_in_many_pieces_is_a_request_like_any_other(line):
    for byte in GET + b"X-Long: " + b"x" * 20_000 + b"\r\n\r\n":
        line.send(bytes([byte]))
    assert answer(line).startswith(ANSWER)


def test_many_requests_on_one_line_are_no_large_one(line):
    page = GET + b"Cookie: " + b"c" * 2000 + b"\r\n\r\n"
    threading.Thread(
        target=line.sendall, args=(page * 99 + GET + b"Connection: close\r\n\r\n",)
    ).start()
    assert len(re.findall(ANSWER, heard(line))) == 100


@pytest.mark.parametrize(
    "form",
    [
        POST + b"Content-Length: 3000000\r\n\r\n" + b"b" * 3_000_000,
        POST + IN_PIECES + b"30000\r\n%s\r\n" % (b"b" * 0x30000) * 9 + b"0\r\nX-After: all\r\n\r\n",
    ],
    ids=["whole", "in pieces"],
)  # fmt: skip
def test_large_forms_are_no_large_heads(line, form):
    asked = form * 2 + GET + b"Connection: close\r\n\r\n"
    threading.Thread(target=line.sendall, args=(asked,)).start()
    assert len(re.findall(ANSWER, heard(line))) == 3


@pytest.mark.parametrize(
    "begun",
    [
        b"G", GET, GET + b"X-Slow: ", POST + b"Content-Length: 9\r\n\r\nx",
        POST + IN_PIECES + b"9\r\n", POST + IN_PIECES + b"0\r\nX-Slow: ",
    ],
    ids=["method", "head", "header", "form", "piece", "trailer"],
)  # fmt: skip
def test_who_begins_and_does_not_go_on_is_left(monkeypatch, door, begun):
    monkeypatch.setattr(arrivals, "PATIENCE", 0.2)
    with socket.create_connection(door.getsockname(), PATIENCE) as line:
        line.sendall(begun)
        assert heard(line) == b""


def test_a_form_may_take_long_while_it_comes(monkeypatch, line):
    monkeypatch.setattr(arrivals, "PATIENCE", 1)
    line.sendall(POST + IN_PIECES)
    end = perf_counter() + 2
    while perf_counter() < end:
        line.sendall(b"1\r\nb\r\n")
        assert not select.select([line], [], [], 0.05)[0]  # nothing is said, and nobody is left
    line.sendall(b"0\r\n\r\n")
    assert answer(line).startswith(ANSWER)


def test_who_ends_it_in_time_is_waited_for_no_less_afterwards(monkeypatch, door):
    monkeypatch.setattr(arrivals, "PATIENCE", 1)
    with (
        socket.create_connection(door.getsockname(), PATIENCE) as line,
        socket.create_connection(door.getsockname(), PATIENCE) as other,
    ):
        for part in (GET, b"\r\n", POST + IN_PIECES, b"1\r\nb\r\n", b"0\r\n", b"\r\n"):
            line.sendall(part)
        assert answer(line).startswith(ANSWER)
        assert answer(line).startswith(ANSWER)
        other.sendall(b"G")
        assert heard(other) == b""  # and by now the first one's time would be over, too
        line.sendall(GET + b"\r\n")
        assert answer(line).startswith(ANSWER)


def test_who_hangs_up_is_forgotten(door):
    line = socket.create_connection(door.getsockname(), PATIENCE)
    line.sendall(GET + b"\r\n")
    assert answer(line).startswith(ANSWER)
    assert known()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # rudely
    line.close()
    until(lambda: not known())


def known() -> list[Arrivals]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, Arrivals)]


class TestSilent:
    """Who has nothing more to say is left after KEEP_ALIVE, here a second."""

    @pytest.fixture
    def config(self) -> uvicorn.Config:
        config = configured(lambda: site)
        config.timeout_keep_alive = 1
        return config

    @pytest.mark.parametrize(
        "last", [b"", b"\r\n", GET + b"\r\n", GET + b"\r\n\r\n"],
        ids=["nothing", "a line", "a request", "a request and a line"],
    )  # fmt: skip
    def test_it_is_left(self, line, last):
        line.sendall(last)
        assert heard(line).startswith(ANSWER if GET in last else b"")
