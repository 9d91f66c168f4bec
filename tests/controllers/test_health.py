"""Machines that watch hear one word, whatever has happened."""

import pytest
from sqlalchemy.exc import OperationalError

from app.controllers import health
from app.errors import Busy
from app.web.workers import Threads

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
LOST = OperationalError("SELECT 1", {}, Exception("postgresql://ada:hush@db is away"))


@pytest.mark.parametrize("headers", [{}, HTMX, {"Accept": "text/html"}])
@pytest.mark.parametrize(
    "trouble", [None, Busy(), LOST, TimeoutError(), RuntimeError("postgresql://ada:hush@db")]
)
def test_it_is_one_word_in_every_state(browser, monkeypatch, caplog, trouble, headers):
    def answers(_):
        if trouble:
            raise trouble

    monkeypatch.setattr(health, "answers", answers)
    for method in ("GET", "HEAD"):
        answer = browser.send(method, "/readyz", headers=headers)
        status, word = (503, "not ready\n") if trouble else (200, "ready\n")
        assert (answer.status, answer.text) == (status, word if method == "GET" else "")
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers.get("retry-after") == ("5" if trouble else None)
        assert browser.send(method, "/healthz", headers=headers).status == 200
    assert ("not ready: " in caplog.text) == bool(trouble)
    assert "Traceback" not in caplog.text
    assert "hush" not in caplog.text


def test_a_node_whose_threads_all_wait_says_so_too(browser, monkeypatch):
    async def busy(*_, **__):
        raise Busy

    monkeypatch.setattr(Threads, "run", busy)
    answer = browser.send("GET", "/readyz")
    assert (answer.status, answer.text) == (503, "not ready\n")
    assert browser.send("GET", "/healthz").text == "ok\n"
