"""Speaking with mail servers, good and bad, on this machine."""

import socket
import threading
import time

import pytest

from app.mail import smtp
from app.mail.line import Server, server_of
from app.mail.message import Letter
from app.mail.outcomes import Never, NotDelivered, NotNow, Unknown
from tests.conftest import settings_for
from tests.post_office import (
    PASSWORD,
    USER,
    certificates,
    dribbling,
    knows,
    office,
    post_office,
    scripted,
)

__all__ = ["certificates", "post_office"]

LETTER = Letter(
    name="20261119-170000-1",
    sender="no-reply@skileez.test",
    recipient="sofia@skileez.example",
    content=b"From: no-reply@skileez.test\r\nSubject: Hello\r\n\r\nHello.\r\n.\r\n..\r\n",
)
GREETED = ("220 here", "250 here")
ADDRESSED = (*GREETED, "250 ok", "250 ok")


@pytest.fixture
def send(database, tmp_path):
    """Sends the letter to a port of this machine; returns whether it was handed over."""

    def to(port: int, url: str = "smtp://127.0.0.1:{}", letter: Letter = LETTER, **but) -> int:
        settings = settings_for(database, tmp_path, SMTP_URL=url.format(port))
        handed: list[int] = []
        smtp.send(letter, settings, lambda: handed.append(1), threading.Event(), **but)
        return len(handed)

    return to


def failed(send, *words, **but) -> NotDelivered:
    with pytest.raises(NotDelivered) as said:
        send(*words, **but)
    return said.value


def test_a_letter_arrives_as_it_was_written(send, post_office):
    assert send(post_office.port) == 1
    [letter] = post_office.letters
    assert letter["Subject"] == "Hello"
    assert letter.get_content().splitlines() == ["Hello.", ".", ".."]
    assert post_office.recipients == ["sofia@skileez.example"]
    assert post_office.sessions[0].host_name == "skileez.test"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", ("mail.example", 25, False, "", "")),
        ("smtp://a:b%40c@mail.example", ("mail.example", 587, False, "a", "b@c")),
        ("smtps://a:b@mail.example", ("mail.example", 465, True, "a", "b")),
        ("smtp://[::1]:2525", ("::1", 2525, False, "", "")),
    ],
)
def test_smtp_url_names_a_server(url, server):
    assert server_of(url) == Server(*server)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_user_is_only_named_in_secret(send, certificates, monkeypatch, scheme):
    context, authority = certificates
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    kept = {"auth_required": True, "authenticator": knows}
    if scheme == "smtp":
        kept |= {"tls_context": context, "require_starttls": True}
    else:
        kept = {"ssl_context": context, "auth_require_tls": False, "authenticator": knows}
    with office(**kept) as here:
        url = f"{scheme}://{USER}:{PASSWORD}@localhost:{{}}"
        assert send(here.port, url) == 1
        assert here.sessions[0].ssl is not None or scheme == "smtps"
        assert len(here.letters) == 1
        wrong = failed(send, here.port, f"{scheme}://{USER}:not-hush@localhost:{{}}")
        assert isinstance(wrong, NotNow)
        assert wrong.sentence == "The mail server does not take our user name and password."
        assert isinstance(failed(send, here.port, f"{scheme}://ü:ü@localhost:{{}}"), NotNow)


def test_a_password_is_not_told_in_the_open(send, post_office):
    problem = failed(send, post_office.port, f"smtp://{USER}:{PASSWORD}@127.0.0.1:{{}}")
    assert isinstance(problem, NotNow)
    assert problem.sentence == (
        "The mail server offers no encryption, so we do not tell it a password."
    )
    assert post_office.letters == []


def test_a_certificate_nobody_signed_is_not_trusted(send, certificates):
    context, _ = certificates
    with office(tls_context=context) as here:
        problem = failed(send, here.port, f"smtp://{USER}:{PASSWORD}@localhost:{{}}")
        assert isinstance(problem, NotNow)
        assert problem.sentence == "The mail server's certificate cannot be trusted."
        assert send(here.port) == 1  # without a password, and on the same machine


@pytest.mark.parametrize("reply", ["550 No such user", "553 Odd"])
def test_an_address_that_is_refused_is_never_tried_again(send, post_office, reply):
    post_office.refused["sofia@skileez.example"] = reply
    problem = failed(send, post_office.port)
    assert isinstance(problem, Never)
    assert problem.sentence == f"The mail server refuses the address: {reply}"


def test_an_address_may_be_refused_for_now(send, post_office):
    post_office.refused["sofia@skileez.example"] = "450 Come back later"
    problem = failed(send, post_office.port)
    assert isinstance(problem, NotNow)
    assert "450 Come back later" in problem.sentence


@pytest.mark.parametrize("takes", [True, False])
def test_an_address_in_another_script_needs_a_server_that_takes_it(send, takes):
    letter = Letter("1", LETTER.sender, "søfia@skileez.example", LETTER.content)
    with office(enable_SMTPUTF8=takes) as here:
        if takes:
            assert send(here.port, letter=letter) == 1
            assert here.recipients == ["søfia@skileez.example"]
        else:
            assert isinstance(failed(send, here.port, letter=letter), Never)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (("554 go away",), NotNow),
        ((None,), NotNow),
        (("220 here", "500 what", "500 what"), NotNow),
        (("nonsense",), NotNow),
        ((*GREETED, "550 not from you"), NotNow),
        ((*GREETED, "250 ok", None), NotNow),
        ((*ADDRESSED, "451 not now"), NotNow),
        ((*ADDRESSED, "554 never"), Never),
        ((*ADDRESSED, "354 go on", "451 not now"), NotNow),
        ((*ADDRESSED, "354 go on", "554 https://skileez.test/secret is a bad word"), Never),
        ((*ADDRESSED, "354 go on", "nonsense"), Unknown),
        ((*ADDRESSED, "354 go on", None), Unknown),
        ((*ADDRESSED, None), Unknown),
    ],
)
def test_what_a_server_says_decides_what_becomes_of_a_mail(send, answers, outcome):
    with scripted(*answers) as port:
        problem = failed(send, port)
    assert type(problem) is outcome
    assert "secret" not in problem.sentence


def test_nobody_is_there(send):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    problem = failed(send, port)
    assert isinstance(problem, NotNow)
    assert problem.sentence == "The mail server cannot be reached."


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_never_answers_is_given_up(send, scheme):
    with socket.create_server(("127.0.0.1", 0)) as door:  # connected, and never listened to
        begun = time.monotonic()
        problem = failed(send, door.getsockname()[1], f"{scheme}://127.0.0.1:{{}}", limit=0.3)
    assert isinstance(problem, NotNow)
    assert problem.sentence == "The mail server did not answer in time."
    assert time.monotonic() - begun < 5


def test_a_server_that_answers_a_letter_at_a_time_is_given_up(send):
    with dribbling() as port:
        problem = failed(send, port, limit=0.3)
    assert isinstance(problem, NotNow)
    assert problem.sentence == "The mail server did not answer in time."


def test_a_server_that_falls_silent_after_the_mail_may_have_it(send):
    with scripted(*ADDRESSED, "354 go on") as port:
        assert isinstance(failed(send, port, limit=0.5), Unknown)
