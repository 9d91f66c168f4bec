"""What a poll costs on the line, counted byte by byte at a real server over plain HTTP/1.1."""

import secrets
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from app.main import bound
from app.processes import configured
from app.tokens import hashed
from tests.browser import COOKIE
from tests.factories import make_coach, make_message, make_sign_in, make_student, make_thread
from tests.sites import served
from tests.tables import rows


@pytest.fixture
def door(every_route: Any, settings: Any, real_database: Any) -> Iterator[socket.socket]:
    """The address of a server that runs as each worker does."""
    app = bound(every_route, settings, real_database)
    with served(configured(lambda: app)) as door:
        yield door


@pytest.fixture
def sofias(real_database: Any) -> tuple[int, str]:
    """A thread in which all has been read, and the token of its student."""
    token = secrets.token_urlsafe(32)
    with real_database.writing() as db:
        student, coach = make_student(db), make_coach(db)
        make_sign_in(db, student, token_hash=hashed(token))
        thread = make_thread(db, student, coach)
        make_message(db, thread, student, "Hello")
        make_message(db, thread, coach, "Would Thursday suit you?")
        thread.student_read = thread.coach_read = 2
        return thread.id, token


def said(door: socket.socket, line: str, token: str, told: str = "", body: str = "") -> bytes:
    """The whole answer of the server, as a browser with its own headers gets it."""
    asked = [
        line, "Host: skileez.test", f"Cookie: seen=1; {COOKIE}={token}", "Accept: text/html",
        "Accept-Encoding: gzip, deflate, br", "HX-Request: true", "HX-Request-Type: partial",
        f"HX-PTag: {told}", "Sec-Fetch-Site: same-origin", "Origin: https://skileez.test",
        f"Content-Length: {len(body)}", "Content-Type: application/x-www-form-urlencoded",
    ]  # fmt: skip
    with socket.create_connection(door.getsockname(), 10) as line_:
        line_.sendall(("\r\n".join(asked) + "\r\n\r\n" + body).encode())
        heard = b""
        while not is_whole(heard):
            heard += line_.recv(65536)
    return heard


def is_whole(heard: bytes) -> bool:
    head, end, body = heard.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    lengths = [int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")]
    return bool(end) and len(body) >= sum(lengths)


def test_an_idle_poll_is_under_200_bytes_in_all(door, sofias, real_database):
    thread, token = sofias
    with real_database.reading() as db:
        before = rows(db)
    for line, told in ((f"/messages/{thread}/new", "2.2.1"), ("/messages/unread", "0-0")):
        for _ in range(7):  # PostgreSQL's driver prepares it meanwhile
            answer = said(door, f"GET {line} HTTP/1.1", token, told)
            assert answer.startswith(b"HTTP/1.1 204 No Content\r\n"), answer
            assert answer.endswith(b"\r\n\r\n")
            assert len(answer) <= 200, answer.decode()
    with real_database.reading() as db:
        assert rows(db) == before


def test_a_poll_with_one_message_is_small(door, sofias, real_database):
    thread, token = sofias
    answer = said(door, f"GET /messages/{thread}/new HTTP/1.1", token, "1.2.1")
    assert answer.startswith(b"HTTP/1.1 200") and b"hx-ptag: 2.2.1" in answer.lower()
    # HTTP/2 sends a header that came before as one byte; the promise is about such a connection.
    head, _, body = answer.partition(b"\r\n\r\n")
    assert len(body) <= 400
    assert len(body) + len(head.split(b"\r\n")) <= 600
    assert len(answer) <= 1000, answer.decode("latin-1")


def test_sending_a_message_is_small(door, sofias):
    thread, token = sofias
    form = urlencode({"text": "Thursday at five would be fine", "form_key": "k" * 22})
    answer = said(door, f"POST /messages/{thread} HTTP/1.1", token, "2.2.1", form)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), answer
    assert len(form) + len(body) + len(head.split(b"\r\n")) <= 800


def test_a_lost_connection_to_the_database_is_not_noticed(door, sofias, real_database):
    thread, token = sofias
    line = f"GET /messages/{thread}/new HTTP/1.1"
    assert said(door, line, token, "2.2.1").startswith(b"HTTP/1.1 204")
    real_database._glancing.connection.driver_connection.close()
    for _ in range(2):
        assert said(door, line, token, "2.2.1").startswith(b"HTTP/1.1 204")
