"""A line for each request, as a site writes them that is started as people start it."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from tests.patience import until
from tests.sites import Site
from tests.web.test_networks import ask

SECRET = "s" * 43
GUEST = b"198.51.100.77"
KEYS = {"at", "level", "log", "request", "method", "route", "status", "ms", "bytes"}
FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n"
)


@pytest.fixture(scope="module")
def start(engines: Any, tmp_path_factory: Any) -> Iterator[Callable[..., Site]]:
    """Starts sites at one database, behind a proxy on this machine."""
    with ExitStack() as running:
        database = running.enter_context(engines.several())()
        folder = tmp_path_factory.mktemp("watched")
        given = {
            "DATABASE_URL": database.url.render_as_string(hide_password=False), "DEMO": "0",
            "DATA_DIR": str(folder / "data"), "WORKERS": "1", "JOBS": "0",
            "TRUSTED_PROXIES": "127.0.0.1",
        }  # fmt: skip

        def begin(**but: str) -> Site:
            site = Site(folder, **{**given, **but})
            running.callback(site.process.wait)
            running.callback(site.process.kill)
            return site.wait_until_up()

        yield begin


@pytest.fixture(scope="module")
def site(start: Callable[..., Site]) -> Site:
    return start()


def lines_of(site: Site) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in site.text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["log"] == "skileez.requests"]


def line_of(site: Site, number: str) -> dict[str, Any]:
    found = until(lambda: [line for line in lines_of(site) if line["request"] == number])
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "landing.show"),
        (f"/confirm-email/{SECRET}", "email_confirmations.open"),
        ("/coaches?words=my+private+wish", "profiles.coaches"),
        ("/nowhere/sofia@skileez.example", None),
    ],
)
def test_each_request_is_one_line_without_what_is_secret(site, path, route):
    answer = ask(site.port, path, ("X-Forwarded-For", GUEST))
    line = line_of(site, answer.getheader("X-Request-ID"))
    assert set(line) == KEYS
    assert (line["route"], line["method"], line["status"]) == (route, "GET", answer.status)
    assert line["bytes"] == len(answer.body)
    for secret in (SECRET, "private", "sofia", GUEST.decode(), "/confirm-email"):
        assert secret not in site.text()


def test_a_request_keeps_the_number_that_the_proxy_gave_it(site):
    answer = ask(site.port, "/sign-in", ("X-Request-ID", b"from-the-proxy-42"))
    assert answer.getheader("X-Request-ID") == "from-the-proxy-42"
    assert line_of(site, "from-the-proxy-42")["route"] == "sign_ins.new"


@pytest.mark.parametrize(
    "odd", [b"short", b"with space", b"x" * 65, b'"quoted-number"', b"h\xfcbsch-42", b""]
)
def test_an_odd_number_is_not_taken(site, odd):
    answer = ask(site.port, "/", ("X-Request-ID", odd))
    assert len(answer.getheader("X-Request-ID")) == 12


def test_of_two_numbers_none_is_taken(site):
    two = [("X-Request-ID", b"number-one"), ("X-Request-ID", b"number-two")]
    assert len(ask(site.port, "/", *two).getheader("X-Request-ID")) == 12


def test_whoever_hangs_up_before_the_answer_has_a_line_too(site):
    with closing(socket.create_connection(("127.0.0.1", site.port))) as line:
        line.sendall(FORM + b"email")
        assert b" 100 " in line.recv(100)
    [line] = until(lambda: [one for one in lines_of(site) if one["route"] == "sign_ins.create"])
    assert line["method"] == "POST"


def test_health_leaves_a_line_only_when_it_is_bad(site):
    assert ask(site.port, "/healthz").status == ask(site.port, "/readyz").status == 200
    line_of(site, ask(site.port, "/sign-in").getheader("X-Request-ID"))
    assert not any("health" in (line["route"] or "") for line in lines_of(site))


def test_words_tell_of_no_request_and_a_stranger_names_none(start):
    words = start(LOG_FORMAT="text", TRUSTED_PROXIES="10.0.0.0/8")
    answer = ask(words.port, "/sign-in", ("X-Request-ID", b"from-the-proxy-42"))
    assert len(answer.getheader("X-Request-ID")) == 12
    assert words.stop() == 0
    assert "{" not in words.text()
