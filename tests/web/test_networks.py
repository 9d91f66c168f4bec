"""Where a request comes from: what is counted, shown and written down, and whose word for it."""

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import networks
from app.web.networks import counted, origin, place
from tests import guard
from tests.patience import until

ROOT = Path(__file__).parents[2]
TRUSTED = tuple(map(ip_network, ("127.0.0.1", "10.0.0.0/8", "fd00::/8")))
GUEST = "198.51.100.7"


def scope_of(peer: str | None, *said: str, **more: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", one.encode("latin-1")) for one in said]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    return {"client": (peer, 5000) if peer is not None else None, "headers": headers}


@pytest.mark.parametrize(
    ("peer", "said", "visitor"),
    [
        # A peer that nobody trusts is the visitor, whatever it says.
        (GUEST, [], GUEST),
        (GUEST, ["192.0.2.9"], GUEST),
        (GUEST, ["127.0.0.1"], GUEST),
        ("::1", ["192.0.2.9"], "::1"),
        # A trusted one names its peer, rightmost.
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [GUEST], GUEST),
        ("::ffff:127.0.0.1", [GUEST], GUEST),
        ("fd00::5", [GUEST], GUEST),
        ("127.0.0.1", [f"192.0.2.9, {GUEST}"], GUEST),
        ("127.0.0.1", [f"127.0.0.1, {GUEST}"], GUEST),
        ("127.0.0.1", ["192.0.2.9", GUEST], GUEST),
        ("127.0.0.1", [f" {GUEST}\t"], GUEST),
        # Several trusted hops.
        ("127.0.0.1", [f"{GUEST}, 10.0.0.2"], GUEST),
        ("127.0.0.1", [f"192.0.2.9, {GUEST}, 10.1.2.3, 10.0.0.2"], GUEST),
        ("127.0.0.1", [GUEST, "10.0.0.2"], GUEST),
        ("127.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        # Ports, brackets, zones, IPv6.
        ("127.0.0.1", [f"{GUEST}:4711"], GUEST),
        ("127.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        ("127.0.0.1", ["[2001:db8::7]"], "2001:db8::7"),
        ("127.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("127.0.0.1", [f"::ffff:{GUEST}"], GUEST),
        # Nonsense: the nearest address that made sense stands.
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["unknown"], "127.0.0.1"),
        ("127.0.0.1", [f"{GUEST}, _hidden"], "127.0.0.1"),
        ("127.0.0.1", [f"{GUEST}, nonsense, 10.0.0.2"], "10.0.0.2"),
        ("127.0.0.1", [f"{GUEST},"], "127.0.0.1"),
        ("127.0.0.1", ["[2001:db8::7"], "127.0.0.1"),
        ("127.0.0.1", ["1.2.3"], "127.0.0.1"),
        ("127.0.0.1", ["1.2.3.400"], "127.0.0.1"),
        ("127.0.0.1", ["\xff\xfe, \x00"], "127.0.0.1"),
        ("127.0.0.1", [",".join(["10.0.0.1"] * 1500)], "10.0.0.1"),
    ],
)
def test_the_visitor_is_whom_the_first_trusted_hop_names(peer: str, said: list[str], visitor: str):
    found = networks.visitor(scope_of(peer, *said), TRUSTED)
    assert found is not None
    assert found[0] == visitor


def test_other_headers_have_no_word_in_it():
    scope = scope_of("127.0.0.1", forwarded=f"for={GUEST}", x_real_ip=GUEST, via=GUEST)
    assert networks.visitor(scope, TRUSTED) == ("127.0.0.1", 0)


def test_nobody_is_trusted_unless_named():
    assert networks.visitor(scope_of("127.0.0.1", GUEST), ()) == ("127.0.0.1", 5000)
    assert networks.visitor(scope_of(None, GUEST), TRUSTED) is None
    assert networks.visitor(scope_of("", GUEST), TRUSTED) == ("", 5000)


@given(st.lists(st.text(st.characters(max_codepoint=255), max_size=60), max_size=5))
def test_no_header_breaks_it(said: list[str]):
    found = networks.visitor(scope_of("127.0.0.1", *said), TRUSTED)
    assert networks.counted({"client": found}) != "unknown"


@pytest.mark.parametrize(("host", "counts", "shown", "logged"), [
    ("203.0.113.9", "203.0.113.9", "Network 203.0.113", "203.0.113.0/24"),
    ("::ffff:203.0.113.9", "203.0.113.9", "Network 203.0.113", "203.0.113.0/24"),
    ("::FFFF:CB00:7109", "203.0.113.9", "Network 203.0.113", "203.0.113.0/24"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "Network 2001:db8:1", "2001:db8:1::/48"),
    ("2001:DB8:1:2::", "2001:db8:1:2::/64", "Network 2001:db8:1", "2001:db8:1::/48"),
    ("fe80::1%eth0", "fe80::/64", "Network fe80", "fe80::/48"),
    ("127.0.0.1", "127.0.0.1", "This machine", "127.0.0.0/24"),
    ("127.1.2.3", "127.1.2.3", "This machine", "127.1.2.0/24"),
    ("::1", "::/64", "This machine", "::/48"),
    ("::ffff:127.0.0.1", "127.0.0.1", "This machine", "127.0.0.0/24"),
    ("", "unknown", "", None),
    ("testclient", "unknown", "", None),
    ("203.0.113.9:80", "unknown", "", None),
    ("0203.0.113.9", "unknown", "", None),
])  # fmt: skip
def test_an_address_as_it_is_counted_shown_and_logged(host, counts, shown, logged):
    scope = {"client": (host, 1), "request_id": "r1"}
    assert (counted(scope), place(scope)) == (counts, shown)
    assert (origin(scope).network, origin(scope).request_id) == (logged, "r1")


def test_a_server_that_does_not_say():
    assert counted({"client": None}) == counted({}) == "unknown"


# The same through the server as it is started.


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[int]:
    """The port of a site for people; what it writes is in the file `log`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"], "PORT": str(port), "DATA_DIR": str(folder), "DEMO": "0",
        "WORKERS": "1", "PUBLIC_URL": "https://skileez.example", "FORWARDED_ALLOW_IPS": "*",
        **guard.environment(), **environment,
    }  # fmt: skip
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "run"], cwd=ROOT, stdout=log, stderr=log,
            env=environment,
        )  # fmt: skip
    try:
        until(lambda: answers(port), unless=lambda: process.poll() is not None)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory: Any) -> Iterator[int]:
    with serving(tmp_path_factory.mktemp("proxied"), TRUSTED_PROXIES="127.0.0.1") as port:
        yield port


def answers(port: int) -> bool:
    try:
        return ask(port, "/healthz").status == 200
    except OSError:
        return False


def ask(port: int, path: str, *headers: tuple[str, bytes]) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers or [("Host", b"skileez.example")]:
            line.putheader(name, value)
        line.endheaders()
        answer = line.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        return answer


ODD = [b"", b"garbage", b"\xff\xfe", b"1.2.3.4:99999999", b"[::1", b"a" * 5000, b"10.0.0.1," * 900]


@pytest.mark.parametrize("odd", ODD)
def test_no_forwarding_header_breaks_the_server(behind_a_proxy: int, odd: bytes):
    for name in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"):
        answer = ask(behind_a_proxy, "/sign-in", ("Host", b"skileez.example"), (name, odd))
        assert answer.status == 200


def test_what_a_proxy_says_of_host_and_scheme_leads_nobody_away(behind_a_proxy: int):
    poison = [
        ("Host", b"evil.example"), ("X-Forwarded-Host", b"evil.example"),
        ("X-Forwarded-Proto", b"gopher"), ("X-Forwarded-Port", b"666"),
        ("Forwarded", b"for=192.0.2.1;host=evil.example;proto=gopher"),
        ("X-Original-URL", b"//evil.example"), ("X-Rewrite-URL", b"//evil.example"),
    ]  # fmt: skip
    for path in ("/", "/dashboard", "/sign-in", "/nowhere", "/coaches/"):
        answer = ask(behind_a_proxy, path, *poison)
        said = answer.body + str(answer.headers).encode()  # type: ignore[attr-defined]
        assert b"evil" not in said
        assert b"gopher" not in said
        assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"
        assert (answer.getheader("Location") or "/").startswith("/")


@pytest.mark.parametrize(("trusted", "network"), [
    ("", "127.0.0.0/24"),  # whatever uvicorn reads of FORWARDED_ALLOW_IPS
    ("10.0.0.0/8", "127.0.0.0/24"),
    ("127.0.0.1", "198.51.100.0/24"),
])  # fmt: skip
def test_only_those_named_are_believed(tmp_path: Path, trusted: str, network: str):
    forged = [
        ("Host", b"skileez.example"), ("X-Forwarded-For", GUEST.encode()),
        ("Cookie", b"__Host-session=planted"),  # which is written down, and from where
    ]  # fmt: skip
    with serving(tmp_path, TRUSTED_PROXIES=trusted) as port:
        assert ask(port, "/sign-in", *forged).status == 200
    said = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in said.splitlines() if '"event"' in line]
    assert [(one["event"], one["network"]) for one in lines] == [("cookie.refused", network)]
    assert GUEST not in said
