import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.web import request as module
from app.web.request import Request


def test_one_request_that_waits_to_learn_who_asks_keeps_no_other_from_it(monkeypatch):
    # functools.cached_property holds one lock for all requests (Python 3.11): a request waiting
    # for the writers kept the one that held the writers from going on, and all writes stood still.
    waiting, go_on = threading.Event(), threading.Event()

    def viewer_of(db, _):
        if db == "waits":
            waiting.set()
            assert go_on.wait(10)
        return f"who {db}"

    monkeypatch.setattr(module, "viewer_of", viewer_of)
    monkeypatch.setattr(module, "noted_token", lambda _: None)
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(lambda: asking("waits").viewer)
        assert waiting.wait(10)
        try:
            assert threads.submit(lambda: asking("goes").viewer).result(5) == "who goes"
        finally:
            go_on.set()
        assert slow.result(10) == "who waits"


@pytest.mark.parametrize("name", ["says", "later"])
def test_what_a_request_keeps_is_worked_out_once(name):
    request = asking("once")
    getattr(request, name).append("a sentence")
    assert getattr(request, name) == ["a sentence"]
    assert getattr(asking("another"), name) == []


def asking(session) -> Request:
    request = Request({"type": "http", "headers": [], "path": "/", "query_string": b""})
    request.open_session = lambda: session
    return request
