"""Every error is a page in words and a fragment beside the page, and asks no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.controllers.health import Health
from app.main import create_app
from tests.web.outage import outage
from tests.web.probe import Probe

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}

# method, address, headers, body → status and words that are said
ERRORS: list[tuple[str, str, dict[str, str], bytes, int, str]] = [
    ("POST", "/probe/rename", FORM, b"nonsense", 400, "What arrived is not a form"),
    ("POST", "/probe/trouble/malformed", FORM, b"", 400, "This form has lost its key."),
    ("POST", "/probe/rename", {}, b"", 403, "Forms are only taken from our own pages."),
    ("POST", "/probe/trouble/not-allowed", FORM, b"", 403, "Not on Sundays."),
    ("GET", "/nowhere", {}, b"", 404, "The page may have moved"),
    ("GET", "/probe/trouble/not-found", {}, b"", 404, "The page may have moved"),
    ("PUT", "/probe/rename", FORM, b"", 405, "use its buttons"),
    ("DELETE", "/probe/read", FORM, b"", 405, "use its buttons"),
    ("POST", "/probe/trouble/wrong-state", FORM, b"", 409, "Somebody was quicker."),
    ("POST", "/probe/rename", FORM, b"name=" + b"x" * 70_000, 413, "Send less than 64 KB"),
    (
        "POST",
        "/probe/rename",
        {**FORM, "Content-Type": "text/json"},
        b"",
        415,
        "Forms are sent from our own pages.",
    ),
    ("POST", "/probe/trouble/too-many", FORM, b"", 429, "Come back in a minute."),
    ("GET", "/probe/hello", {"X-Long": "x" * 17_000}, b"", 431, "Your browser sent too much"),
    ("POST", "/probe/trouble/bug", FORM, b"", 500, "Nothing was changed"),
    ("GET", "/probe/trouble/lost-template", {}, b"", 500, "Nothing was changed"),
    ("POST", "/probe/trouble/busy", FORM, b"", 503, "Nothing is lost"),
    ("POST", "/probe/trouble/disk-full", FORM, b"", 503, "Nothing is lost"),
]
NAMES = [f"{status}-{method}-{address}" for method, address, _, _, status, _ in ERRORS]


@pytest.fixture
def app(settings: Any, database: Any) -> Any:
    return create_app(settings, database, [Probe, Health])


@contextmanager
def statements(database: Any) -> Iterator[list[str]]:
    """Everything the database is asked meanwhile."""
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        asked.extend([arguments[2]] * (not arguments[2].startswith("PRAGMA")))  # the tests' own

    engines = {database.engine, database.reading_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "words"), ERRORS, ids=NAMES
)
def test_as_a_page(browser, sofia, method, path, headers, body, status, words):
    sofias = browser.as_(sofia)
    answer = sofias.send(method, path, body, headers)
    assert answer.status == status
    assert answer.says(words)
    assert answer.says(answer.headers["x-request-id"])
    assert answer.has("html head title")
    assert "secret" not in answer.text
    if status != 500:  # the inspection takes a 500 for a fault of the site
        sofias.inspected(answer)


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "words"), ERRORS, ids=NAMES
)
def test_as_a_fragment(browser, sofia, method, path, headers, body, status, words):
    asking = browser.as_(sofia).htmx
    answer = asking.browser.send(method, path, body, {**headers, **HTMX})
    assert answer.status == status
    assert answer.one("hx-partial")["hx-target"] == "#flash"
    assert not answer.has("html")
    assert answer.says(words)
    assert len(answer.headers["x-request-id"]) == 12
    assert status != 500 or answer.says(answer.headers["x-request-id"])
    assert "secret" not in answer.text
    if status != 500:
        asking.inspected(answer)


@pytest.mark.parametrize("way", [{}, HTMX], ids=["page", "fragment"])
def test_when_to_come_back_is_said(browser, sofia, way):
    for kind, seconds in (("too-many", "60"), ("busy", "5"), ("disk-full", "5")):
        answer = browser.as_(sofia).send("POST", f"/probe/trouble/{kind}", b"", {**FORM, **way})
        assert answer.headers["retry-after"] == seconds


def test_where_to_look_is_linked(browser, sofia):
    assert browser.as_(sofia).post("/probe/trouble/wrong-state").has('main a[href="/dashboard"]')


@pytest.mark.parametrize(
    "kind", ["not-found", "wrong-state", "too-many", "busy", "not-allowed", "malformed"]
)
def test_what_was_written_is_kept(browser, sofia, kind):
    answer = browser.as_(sofia).post(
        f"/probe/trouble/{kind}",
        {
            "message": "Dear <Carla>,\n\nhello",
            "password": "hush-hush",
            "form_key": "k",
            "action": "go",
        },
    )
    assert answer.texts("dt") == ["Message"]
    assert answer.one("dd").get_text() == "Dear <Carla>,\n\nhello"
    assert "hush-hush" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nowhere"), ("PUT", "/probe/rename"), ("GET", "/healthz")]
)
def test_what_needs_no_database_asks_none(browser, sofia, database, method, path):
    sofias = browser.as_(sofia)
    sofias.settle()
    sofias.settle = lambda: None
    with statements(database) as asked:
        sofias.send(method, path, b"", FORM)
    assert asked == []


def test_a_refused_form_comes_back_though_its_deed_had_begun(browser, sofia):
    answer = browser.as_(sofia).send("POST", "/probe/form", {"name": "Sofi"}, FORM)
    assert answer.status == 422
    assert answer.says("Sofi: That name is taken.")
    wrong = browser.as_(sofia).send("POST", "/probe/form", {"name": "S"}, FORM)
    assert wrong.status == 422
    assert wrong.says("S: Write at least 2 characters.")


@pytest.mark.parametrize("path", ["/probe/hello?" + "a=" + "x" * 5000, "/probe/hello?q=%e2%98%83"])
def test_a_guest_is_led_to_sign_in_from_any_address(browser, path):
    answer = browser.send("GET", path)
    assert answer.status == 303
    assert answer.leads_to("/sign-in")


def test_a_database_that_is_gone_is_a_pause(browser, sofia, real_database):
    sofias = browser.as_(sofia)
    assert sofias.send("GET", "/probe/hello").says("Hello, Sofia.")
    with outage(real_database):
        for _ in range(2):
            page = sofias.get("/probe/hello")
            assert page.status == 503
            assert page.says("Nothing is lost. Try again in a few seconds.")
            assert page.headers["retry-after"] == "5"
        fragment = sofias.htmx.post("/probe/rename", {"name": "Sofi"})
        assert fragment.status == 503
        assert fragment.one("hx-partial")["hx-target"] == "#flash"
        sent = sofias.post("/probe/rename", {"name": "Sofi"})
        assert (sent.status, sent.texts("dd")) == (503, ["Sofi"])
        assert sofias.send("GET", "/healthz").status == 200
        unready = sofias.send("GET", "/readyz")
        assert (unready.status, unready.text) == (503, "not ready\n")
        assert unready.headers["content-type"].startswith("text/plain")
        assert unready.headers["cache-control"] == "no-store"
        assert sofias.get("/nowhere").status == 404
    assert sofias.send("GET", "/probe/hello").says("Hello, Sofia.")
    assert sofias.send("GET", "/readyz").status == 200
    assert sofias.post("/probe/rename", {"name": "Sofi"}).leads_to("/probe/done")
