"""Nobody who asks for a mail waits for a mail server: neither for one that is gone nor a mute one.

Nothing here is timed: what counts is what was answered while the sender still had its mail.
"""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, update

from app.clock import now
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.jobs.test_running import start
from tests.patience import PATIENCE, until
from tests.post_office import office

__all__ = ["start"]

RUTH = "ruth@skileez.example"
JOIN = {
    "first_name": "Ruth", "last_name": "Achieng", "email": RUTH, "intent": "learn",
    "password": "four quiet green chairs", "adult": "yes",
}  # fmt: skip
FORMS = [
    ("/sign-up", JOIN, "/sign-in?welcome=1"),
    ("/forgot-password", {"email": RUTH}, "/forgot-password?sent=1"),
    ("/confirm-email/send", {"email": RUTH}, "/confirm-email?sent=1"),
]
UNDECIDED = {MailStatus.WAITING, MailStatus.SENDING}
SUBJECTS = ["Choose a new password", "Confirm your email address"]


def sent(site: Any, path: str, fields: dict[str, str]) -> tuple[int, str | None]:
    """Where the answer to this form leads."""
    headers = {
        "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)) as line:
        line.request("POST", path, urlencode(fields), headers)
        answer = line.getresponse()
        return answer.status, answer.getheader("Location")


@pytest.fixture
def mails(real_database: Any) -> Callable[[], list[OutgoingMail]]:
    """Asks for all the mails that there are now."""

    def look() -> list[OutgoingMail]:
        with real_database.reading() as db:
            return list(db.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))

    return look


@pytest.fixture
def mute() -> Iterator[Any]:
    """A mail server that takes lines and never says a word; `lines` are those it has."""
    door = socket.create_server(("127.0.0.1", 0))
    lines: list[socket.socket] = []

    def listen() -> None:
        with suppress(OSError):  # once the door is shut
            while True:
                lines.append(door.accept()[0])

    thread = threading.Thread(target=listen)
    thread.start()
    yield SimpleNamespace(port=door.getsockname()[1], lines=lines)
    door.shutdown(socket.SHUT_RDWR)
    door.close()
    thread.join()
    for line in lines:
        line.close()


def test_while_the_server_is_gone_all_is_answered_and_later_all_arrives(
    start, mails, real_database
):
    with office() as gone:
        port = gone.port
    site = start(SMTP_URL=f"smtp://127.0.0.1:{port}", LIMITS="1000").wait_until_up()
    for path, fields, to in FORMS:
        assert sent(site, path, fields) == (303, to)
        until(lambda: all(mail.attempts for mail in mails()))
    for mail in until(lambda: given_back(mails())):
        assert mail.problem == "The mail server cannot be reached."
        assert mail.due_at > now() and mail.handed_over_at is None
    with office(port=port) as server:
        with real_database.writing() as db:  # the minute until the next try is over
            db.execute(update(OutgoingMail).values(due_at=now()))
        until(lambda: not {mail.status for mail in mails()} & UNDECIDED)
        # The first link was replaced by the third.
        assert [mail.status for mail in mails()] == [
            MailStatus.DROPPED, MailStatus.SENT, MailStatus.SENT,
        ]  # fmt: skip
        assert sorted(letter["Subject"] for letter in server.letters) == SUBJECTS
        assert server.recipients == [RUTH] * 2
        home = f"http://127.0.0.1:{site.port}/"
        assert all(home in one.get_body(("plain",)).get_content() for one in server.letters)
    assert site.stop() == 0
    assert "Traceback" not in site.text()


def given_back(mails: list[OutgoingMail]) -> list[OutgoingMail]:
    """All mails, once each has been tried and waits for its next try."""
    return mails if all(mail.status is MailStatus.WAITING for mail in mails) else []


def test_while_the_server_says_nothing_all_is_answered(start, mails, mute):
    site = start(SMTP_URL=f"smtp://127.0.0.1:{mute.port}", LIMITS="1000").wait_until_up()
    for path, fields, to in FORMS:
        assert sent(site, path, fields) == (303, to)
        # The sender has a mail and holds the line; the next form is sent meanwhile.
        until(lambda: any(mail.status is MailStatus.SENDING for mail in mails()))
        until(lambda: mute.lines)
    assert {mail.status for mail in mails()} <= UNDECIDED
    assert not any(mail.sent_at or mail.handed_over_at for mail in mails())
    assert site.stop() == 0
    assert {mail.status for mail in mails()} == {MailStatus.WAITING}
    assert "Traceback" not in site.text()
