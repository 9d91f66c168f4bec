"""What a device keeps for times without a connection: a page, and the worker that shows it."""

import re

from app.jinja import assets


def test_the_page_is_the_same_for_everybody(browser, sofia):
    page = browser.as_(sofia).get("/offline")
    assert page.is_good and "Sofia" not in page.text
    assert page.one("h1").get_text() == "Not connected"
    assert page.has('a[href=""]') and page.has("meta[name=robots]")


def test_the_worker_may_fetch_from_us_and_is_asked_for_once_a_day(browser, sofia):
    answer = browser.send("GET", "/worker.js", headers={"Accept-Encoding": "br"})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert answer.text == browser.as_(sofia).send("GET", "/worker.js").text
    packed = browser.send("GET", "/worker.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and packed.text == answer.text


def test_it_names_the_files_that_pages_need_now(browser):
    listed = re.search(r"\[(\"/offline\"[^]]*)\]", browser.send("GET", "/worker.js").text)
    assert listed
    for name in ("app.css", "app.js", "icons.svg", "mark.svg", "inter.woff2"):
        assert f'"{assets().address(name)}"' in listed[1]
        assert browser.send("GET", assets().address(name)).status == 200
