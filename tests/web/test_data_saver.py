"""Use less data: as the person chose, or as the browser asks; the choice wins over the browser."""

import pytest

from db.models.accounts import DataSaver

ASKS = {"Save-Data": "on"}


def is_light(page):
    light = page.one("html").has_attr("data-lite")
    assert page.has("[rel=preload]") == (not light and not page.has("head style"))
    if light:
        assert not [tag for tag in page.all("link, html") if "woff2" in str(tag.attrs)]
        assert not page.one("html").has_attr("data-next")
        assert page.has("link[rel=stylesheet]") or page.status >= 400
    return light


@pytest.mark.parametrize("seen", ["", "1"])
@pytest.mark.parametrize(("chosen", "header", "light"), [
    ("system", {}, False), ("system", ASKS, True), ("system", {"Save-Data": "off"}, False),
    ("on", {}, True), ("on", ASKS, True), ("off", {}, False), ("off", ASKS, False),
])  # fmt: skip
def test_pages_of_a_person(browser, sofia, chosen, header, light, seen):
    sofia.data_saver = DataSaver(chosen)
    hers = browser.as_(sofia)
    hers.cookies["seen"] = seen
    for path in ("/dashboard", "/", "/settings"):
        page = hers.get(path, headers=header)
        assert is_light(page) is light
        assert "Save-Data" in page.headers["vary"]


@pytest.mark.parametrize("seen", ["", "1"])
def test_a_guest_is_asked_by_the_header_alone(browser, seen):
    guest = browser.as_guest()
    guest.cookies["seen"] = seen
    for path in ("/", "/coaches", "/sign-up"):
        assert not is_light(guest.get(path))
        assert is_light(guest.get(path, headers=ASKS))
        assert "Save-Data" in guest.get(path).headers["vary"]


def test_pictures_that_only_decorate_stay_away(browser):
    assert browser.get("/").has(".vig > svg")
    assert not browser.get("/", headers=ASKS).has(".vig > svg")


def test_errors_fetch_nothing_ahead_for_anybody(browser, sofia):
    sofia.data_saver = DataSaver.ON
    for asking in (browser, browser.as_(sofia)):
        assert is_light(asking.get("/nothing-here"))


def test_no_fragment_is_kept_so_none_says_that_it_depends_on_it(browser, sofia):
    answer = browser.as_(sofia).htmx.get("/settings", headers=ASKS)
    assert "save-data" not in answer.headers["vary"].lower()
