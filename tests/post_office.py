"""Mail servers for tests: a real one, and one that says what it is told to say."""

import email
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "post", "hush-hush"


class Office:
    """A real mail server of this machine; `letters` is what it took."""

    def __init__(self, port: int = 0, **options: Any) -> None:
        with socket.create_server(("127.0.0.1", port)) as free:
            self.port = free.getsockname()[1]
        self.letters: list[Any] = []
        self.recipients: list[str] = []
        self.sessions: list[Any] = []
        self.refused: dict[str, str] = {}  # recipient → reply
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address not in self.refused:
            envelope.rcpt_tos.append(address)
        return self.refused.get(address, "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        self.recipients += envelope.rcpt_tos
        self.sessions.append(session)
        return "250 OK"


@contextmanager
def office(**options: Any) -> Iterator[Office]:
    here = Office(**options)
    here.controller.start()
    try:
        yield here
    finally:
        here.controller.stop()


@pytest.fixture
def post_office() -> Iterator[Office]:
    """A mail server that takes everything."""
    with office() as here:
        yield here


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """What a server on this machine shows, and the file of who signed it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    file = tmp_path_factory.mktemp("certificates") / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    return context, file


def knows(_: Any, __: Any, ___: Any, ____: str, said: LoginPassword) -> AuthResult:
    """The one user and password such a server takes."""
    right = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=said == right, handled=False)


@contextmanager
def scripted(*answers: str | None) -> Iterator[int]:
    """The port of a server that gives these answers in turn, whatever is said; None hangs up."""
    over = threading.Event()

    def speak() -> None:
        while True:
            line, _ = door.accept()
            with line:
                if over.is_set():
                    return
                _speak(line, answers)

    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        speaking = threading.Thread(target=speak)
        speaking.start()
        try:
            yield port
        finally:
            over.set()
            socket.create_connection(("127.0.0.1", port)).close()
            speaking.join()


def _speak(line: socket.socket, answers: tuple[str | None, ...]) -> None:
    with suppress(OSError), line.makefile("rb") as heard:
        for number, answer in enumerate(answers):
            if number:
                _listen(heard, in_full=(answers[number - 1] or "").startswith("354"))
            if answer is None:
                return
            line.sendall(f"{answer}\r\n".encode())
        heard.read()


def _listen(heard: Any, *, in_full: bool) -> None:
    while (said := heard.readline()) and in_full and said != b".\r\n":
        pass


@contextmanager
def dribbling() -> Iterator[int]:
    """The port of a server whose greeting comes a letter at a time, and never ends."""
    over = threading.Event()

    def dribble() -> None:
        line, _ = door.accept()
        with closing(line):
            while not over.wait(0.02):
                try:
                    line.sendall(b"2")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as door:
        speaking = threading.Thread(target=dribble)
        speaking.start()
        yield door.getsockname()[1]
        over.set()
        speaking.join()
