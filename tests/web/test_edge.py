"""The edge: what is refused before a body is read, and what every answer carries."""

import gzip
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
from litestar.testing import TestClient

from app.main import create_app
from app.web.edge import LARGEST_BODY
from app.web.outgoing import accepted_encodings
from tests.conftest import settings_for

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = {"Sec-Fetch-Site": "same-origin", **FORM}
COMPLETE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded; charset=utf-8", 303),
    ],
)
def test_forms_come_as_forms(client: Any, kind: str, status: int):
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
    answer = client.post("/sign-out", content=b"", headers=headers, follow_redirects=False)
    assert answer.status_code == status


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_64_kb_is_refused(client: Any, announced: bool):
    body = b"text=" + b"x" * LARGEST_BODY

    def in_pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 4096):
            yield body[start : start + 4096]

    content = body if announced else in_pieces()
    answer = client.post("/sign-out", content=content, headers=OURS, follow_redirects=False)
    assert answer.status_code == 413
    assert "64 KB" in answer.text


@pytest.mark.parametrize(
    "body", [b"&".join(b"f%d=1" % n for n in range(101)), b"a=%ff", b"a=\xff", b"nonsense"]
)
def test_what_is_no_form_is_refused_in_words(client: Any, body: bytes):
    answer = client.post("/sign-in", content=body, headers=OURS, follow_redirects=False)
    assert answer.status_code == 400
    assert "We could not read that" in answer.text


def test_enormous_headers_are_refused(client: Any):
    answer = client.get("/healthz", headers={"X-Long": "x" * 17_000})
    assert answer.status_code == 431


@pytest.mark.parametrize("host", ["a.example:99999", "a.example:b", "[::1", "", "@"])
def test_no_host_breaks_or_changes_an_answer(client: Any, host: str):
    for headers in ({}, {"HX-Request-Type": "partial"}):
        named = {"Host": host.encode(), **headers}
        assert client.get("/sign-in", headers=named).status_code == 200
        answer = client.get("/dashboard?a=b", headers=named, follow_redirects=False)
        to = answer.headers.get("location") or answer.headers["hx-redirect"]
        assert to == ("/sign-in?next=/dashboard" if headers else "/sign-in?next=/dashboard%3Fa%3Db")


def test_two_hosts_are_refused(client: Any):
    answer = client.get("/healthz", headers=[("Host", "a.example"), ("Host", "b.example")])
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/nowhere", {}),
        ("PUT", "/", {"Sec-Fetch-Site": "same-origin"}),
        ("POST", "/role", {}),
        ("GET", "/dashboard", {}),
        ("GET", "/static/nothing.css", {}),
        ("GET", "/healthz", {}),
    ],
)
def test_every_answer_carries_every_header(client: Any, method: str, path: str, headers: Any):
    answer = client.request(method, path, headers=headers, follow_redirects=False)
    for name, value in COMPLETE.items():
        assert answer.headers.get(name) == value, name
    policy = answer.headers["content-security-policy"]
    is_page = answer.headers["content-type"].startswith("text/html")
    assert ("script-src 'self';" if is_page else "default-src 'none';") in policy
    assert "unsafe" not in policy
    assert len(answer.headers["x-request-id"]) == 12
    assert "cache-control" in answer.headers
    assert "server" not in answer.headers


@pytest.mark.parametrize(("url", "said"), [
    ("https://skileez.example", "max-age=31536000"),
    ("http://skileez.example", None),
    ("", None),  # http on this machine
])  # fmt: skip
def test_https_is_insisted_on_only_where_it_is_there(database: Any, tmp_path: Any, url, said):
    app = create_app(settings_for(database, tmp_path, PUBLIC_URL=url), database)
    with TestClient(app, base_url=url or "http://127.0.0.1:8000") as client:
        for path in ("/", "/sign-in", "/nowhere", "/healthz"):
            assert client.get(path).headers.get("strict-transport-security") == said
        refused = client.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
        assert refused.status_code == 403
        assert refused.headers.get("strict-transport-security") == said


def test_wrong_methods_are_told_in_words_which_are_right(client: Any):
    answer = client.put("/sign-out", headers={"Sec-Fetch-Site": "same-origin", **FORM})
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    assert answer.headers["content-type"].startswith("text/html")


def test_head_answers_like_get_without_a_body(client: Any):
    page = client.get("/", headers={"Accept-Encoding": "identity"})
    head = client.head("/", headers={"Accept-Encoding": "identity"})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == page.headers["content-type"]
    assert int(head.headers["content-length"]) > 1000


def test_pages_are_packed_as_the_browser_can_read_them(client: Any):
    plain = client.get("/sign-in", headers={"Accept-Encoding": "identity"})
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with client.stream("GET", "/sign-in", headers={"Accept-Encoding": encoding}) as packed:
            raw = b"".join(packed.iter_raw())
        assert packed.headers["content-encoding"] == encoding
        assert "Accept-Encoding" in packed.headers["vary"]
        assert len(raw) == int(packed.headers["content-length"]) < len(plain.content) / 3
        assert unpack(raw).startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        (b"gzip, br", {"gzip", "br"}),
        (b"br;q=0, gzip;q=0.5", {"gzip"}),
        (b"BR ; q=1", {"br"}),
        (b"", {""}),
    ],
)
def test_encodings_without_weight_are_not_used(header: bytes, accepted: set[str]):
    assert accepted_encodings([(b"accept-encoding", header)]) == accepted
