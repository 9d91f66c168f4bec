"""Settings in a real browser: no font with less data, colours at once, the time zone guessed."""

import pytest

from tests.chromium import assert_accessible, assert_fits
from tests.patience import until

ASKS = {"extra_http_headers": {"Save-Data": "on"}}
PAGES = ("/dashboard", "/messages", "/settings", "/nothing-here")


def choose(page, name, value):
    page.goto("/settings")
    page.check(f"[name={name}][value={value}]")
    page.get_by_role("button", name="Save settings").click()
    page.get_by_text("Your settings are saved.").wait_for()


def fonts_asked(page, paths=PAGES):
    """Addresses of fonts that are fetched while these pages are opened twice.

    What Chromium finds in its memory, from the page before the choice, costs nothing.
    """
    asked = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sent = "Network.requestWillBeSent"
    session.on(sent, lambda event: asked.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.requestServedFromCache", lambda event: asked.pop(event["requestId"], None))
    for path in paths * 2:
        page.goto(path, wait_until="networkidle")
    return [address for address in asked.values() if address.endswith(".woff2")]


@pytest.mark.parametrize("script", [True, False])
def test_with_less_data_no_font_is_ever_asked_for(open_browser, script):
    page = open_browser("ada", script=script, reduced_motion="reduce")
    choose(page, "data_saver", "on")
    assert not fonts_asked(page)
    page.context.add_cookies([{"name": "seen", "value": "1", "url": page.url}])
    assert not fonts_asked(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_that_asks_for_less_data_gets_no_font(open_browser, script):
    guest = open_browser(script=script, **ASKS)
    guest.clock.install()
    assert not fonts_asked(guest, ("/", "/coaches", "/sign-up"))


def test_never_wins_over_the_browser(open_browser):
    page = open_browser("petra", reduced_motion="reduce", **ASKS)
    choose(page, "data_saver", "off")
    page.goto("/dashboard")
    assert "Inter" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert page.locator("link[rel=preload][as=font]").count() == 1


def test_colours_change_at_once_and_stay(open_browser):
    page = open_browser("noor", reduced_motion="reduce")
    choose(page, "theme", "dark")
    dark = "getComputedStyle(document.documentElement).backgroundColor === 'rgb(12, 23, 25)'"
    assert page.evaluate(dark)
    page.goto("/coaches")
    assert page.evaluate(dark)
    choose(page, "theme", "system")
    assert not page.evaluate(dark)


def test_places_are_found_while_typing(open_browser):
    page = open_browser("cole", device="small")
    page.goto("/settings/time-zone")
    page.locator("#q").press_sequentially("kenya")
    page.get_by_text("Nairobi").wait_for()
    assert page.locator("#q").input_value() == "kenya"
    assert_accessible(page)
    assert_fits(page)
    page.goto("/settings/time-zone?q=united+states")
    assert page.locator("#zones li").count() > 20
    assert_accessible(page)
    assert_fits(page)


def test_signing_up_takes_the_browsers_time_zone(open_browser):
    page = open_browser(timezone_id="Asia/Calcutta")
    page.goto("/sign-up")
    guess = page.locator("[name=time_zone]")
    until(lambda: guess.input_value() in ("Asia/Calcutta", "Asia/Kolkata"))
