"""Only our own pages may send forms: the verdict, and that it comes before anything is done."""

import asyncio
from typing import Any

import pytest

from app.web import origins
from tests.browser import HOME
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.statements import statements

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
POSTS = [route.name for route in all_routes() if route.writes]
UPLOADS = {route.name for route in all_routes() if route.uploads}
TABLE: list[tuple[dict[str, str], bool]] = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "none"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": HOME}, False),
    ({"Sec-Fetch-Site": "SAME-ORIGIN"}, False),
    ({"Origin": HOME}, True),
    ({"Origin": "https://evil.example"}, False),
    ({"Origin": HOME + ".evil.example"}, False),
    ({"Origin": HOME.upper()}, False),
    ({"Origin": HOME + ":443"}, False),
    ({"Origin": HOME.replace("https", "http")}, False),
    ({"Origin": "http://skileez.test:8000", "Host": "skileez.test:8000"}, False),
    ({"Origin": "http://evil.example", "Host": "evil.example"}, False),
    ({"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": ""}, False),
    ({"Referer": HOME + "/"}, False),
    ({}, False),
]
FOREIGN = [headers for headers, is_ours in TABLE if not is_ours]
SAID = [("sec-fetch-site", "same-origin"), ("origin", HOME), ("host", "skileez.test")]


@pytest.mark.parametrize(("headers", "is_ours"), TABLE)
def test_only_our_own_pages_may_send_forms(client: Any, headers: dict[str, str], is_ours: bool):
    answer = client.post("/sign-out", headers={**FORM, **headers}, follow_redirects=False)
    assert (answer.status_code != 403) is is_ours
    assert is_ours or "another site" in answer.text


@pytest.mark.parametrize(
    ("public_url", "origin", "is_ours"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("http://127.0.0.1:8000", "http://localhost:8000", True),
        ("http://127.0.0.1:8000", "http://[::1]:8000", True),
        ("http://[::1]:8000", "http://localhost:8000", True),
        ("http://localhost", "http://127.0.0.1", True),
        ("http://localhost:8000", "https://localhost:8000", False),
        ("http://localhost:8000", "http://localhost:8001", False),
        ("http://localhost:8000", "http://localhost", False),
        ("http://localhost:8000", "http://evil.localhost:8000", False),
        ("http://localhost:8000", "http://192.0.2.1:8000", False),
        ("https://skileez.example", "https://localhost", False),
        ("https://skileez.example:8443", "https://skileez.example:8443", True),
    ],
)
def test_a_laptop_has_three_names_and_a_server_one(public_url: str, origin: str, is_ours: bool):
    assert origins.is_same({b"origin": origin.encode()}, origins.ours(public_url)) is is_ours


def verdict(app: Any, path: str, headers: list[tuple[str, str]], method: str = "POST") -> int:
    """The status of the answer to a form whose body nobody may ask for."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": b"", "client": ("198.51.100.7", 1),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize("name", POSTS)
def test_a_foreign_form_reaches_neither_body_nor_database(app: Any, database: Any, name: str):
    path = SAMPLES[name][0].replace("{", "").replace("}", "")
    cookie = ("cookie", f"__Host-session={'a' * 43}")
    with statements(database) as asked:
        for headers in FOREIGN:
            for more in ([], [("hx-request-type", "partial")], [cookie]):
                said = [*FORM.items(), *headers.items(), *more]
                assert verdict(app, path, said) == 403, said
        for twice in SAID:
            said = [*FORM.items(), *SAID, twice]
            assert verdict(app, path, said) == 400, said
        for more, status in (
            (("content-type", "text/plain"), 415),
            (("content-length", "65537"), 413),
            (("x-long", "x" * 17_000), 431),
        ):
            assert verdict(app, path, [*SAID, more]) == status
        # Where a picture is taken, only one that is too large is refused unread.
        large = [("content-length", "9000000")] if name in UPLOADS else []
        said = [*SAID, ("content-type", "multipart/form-data; boundary=x"), *large]
        assert verdict(app, path, said) == (413 if large else 415)
    assert not asked


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "post", "TRACE", "CONNECT", "X"])
def test_no_other_method_goes_round_it(app: Any, database: Any, method: str):
    with statements(database) as asked:
        assert verdict(app, "/sign-out", [("sec-fetch-site", "cross-site")], method) == 403
    assert not asked
