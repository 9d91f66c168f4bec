"""Every page, as each kind of person sees it: whole, within its width, and open to everybody.

The addresses are the samples', so a new route joins by itself. A page is opened once on a desktop
and once on a phone; widths and colours change on the open page.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.chromium import assert_accessible, assert_fits
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES

NO_PAGES = {"health.alive", "health.ready", "static.show"}
PEOPLE = ("guest", "sofia", "carla", "dora", "mina", "new student", "new coach")
# States of a page that a sample's address does not show.
MORE = (
    "/nothing-here", "/requests/0", "/role", "/coaches?q=zzzz", "/requests?q=zzzz",
    "/requests?q=spanish&skill=spanish", "/proposals?status=expired", "/requests/{filled}",
    "/requests/{filled}/proposals", "/requests/{strange}", "/messages/{thread}?before=9",
)  # fmt: skip
COLOURS_ONLY = {"runOnly": ["color-contrast"]}
WIDTH_ONLY = {"runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}
LARGE_TEXT = {"fontSizes": {"standard": 32, "fixed": 26}}
USUAL_TEXT = {"fontSizes": {"standard": 16, "fixed": 13}}


@pytest.fixture(scope="module")
def addresses(ids: dict[str, Any]) -> list[str]:
    reads = [route.name for route in all_routes() if not route.writes]
    named = [SAMPLES[name][0] for name in reads if name not in NO_PAGES]
    return list(dict.fromkeys(address.format(**ids) for address in (*named, *MORE)))


def collected(faults: list[str], check: Callable[..., None], page: Any, *more: Any) -> None:
    try:
        check(page, *more)
    except AssertionError as fault:
        seen = page.viewport_size["width"]
        faults.append(f"{seen} wide, {check.__name__}: {fault}")


def look_on_the_desktop(page: Any, faults: list[str]) -> None:
    collected(faults, assert_accessible, page)
    collected(faults, assert_fits, page)
    page.emulate_media(color_scheme="dark")
    collected(faults, assert_accessible, page, COLOURS_ONLY)
    page.emulate_media(color_scheme="light")


def look_on_the_phone(page: Any, faults: list[str], text: Any) -> None:
    collected(faults, assert_accessible, page)
    collected(faults, assert_fits, page)
    text.send("Page.setFontSizes", LARGE_TEXT)
    collected(faults, assert_fits, page)
    text.send("Page.setFontSizes", USUAL_TEXT)
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="light")
    collected(faults, assert_accessible, page, WIDTH_ONLY)
    collected(faults, assert_fits, page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")


@pytest.fixture(scope="module")
def known() -> set[Any]:
    """What has been looked at: the same words in the same frame are the same page."""
    return set()


def shape(page: Any) -> tuple[int, str]:
    words = page.locator("main").inner_text()
    return page.locator(".top nav a").count(), re.sub(r"\d+", "", words)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_whole(open_as, addresses, known, who):
    desktop, phone = open_as(who), open_as(who, device="phone", dark=True)
    text = phone.context.new_cdp_session(phone)
    faults: list[str] = []
    for address in addresses:
        answer = desktop.goto(address)
        if answer.status >= 500 or not desktop.title() or not desktop.locator("h1").count():
            faults.append(f"{address} answered {answer.status}")
        if shape(desktop) in known:
            continue
        known.add(shape(desktop))
        look_on_the_desktop(desktop, faults)
        phone.goto(address)
        look_on_the_phone(phone, faults, text)
    assert not faults, "\n".join(faults)


def press(page: Any, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def mistaken_sign_up(page: Any) -> None:
    page.goto("/sign-up")
    page.locator("main form button:not([type=button])").click()


def mistaken_sign_in(page: Any) -> None:
    page.goto("/sign-in")
    page.fill("#email", "nobody@skileez.example")
    page.fill("#password", "not the password")
    page.locator("form:has(#password) button:not([type=button])").click()


def mistaken_request(page: Any) -> None:
    page.goto("/requests/new")
    page.fill("#title", "Hi")
    page.fill("[name=budget_from]", "much")
    press(page, "Post request")


def mistaken_proposal(page: Any) -> None:
    page.goto("/requests?q=church")
    page.locator(".req a").first.click()
    page.fill("#price", "much")
    press(page, "Send proposal")


def mistaken_no(page: Any) -> None:
    page.locator("summary", has_text="Say no").first.click()
    press(page, re.compile("^Say no to"))


def asked_to_accept(page: Any) -> None:
    page.locator("summary", has_text="Accept").first.click()


def asked_to_close(page: Any) -> None:
    page.locator("summary", has_text="Close this request").click()


def open_filters(page: Any) -> None:
    page.goto("/requests")
    if page.locator("main .btn[popovertarget=filters]").is_visible():
        page.locator("main .btn[popovertarget=filters]").click()
        page.locator("#filters:popover-open").wait_for()


def open_menu(page: Any) -> None:
    page.goto("/dashboard")
    page.locator(".menu summary").click()


def lost_message(page: Any) -> None:
    page.route("**/messages/*", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.fill("#text", "Is Thursday good?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".lost").wait_for()


STATES: tuple[tuple[str, str, Callable[[Any], None]], ...] = (
    ("guest", "", mistaken_sign_up),
    ("guest", "", mistaken_sign_in),
    ("sofia", "", mistaken_request),
    ("carla", "", mistaken_proposal),
    ("carla", "", open_filters),
    ("dora", "", open_menu),
    ("sofia", "/requests/{request}/proposals", mistaken_no),
    ("sofia", "/requests/{request}/proposals", asked_to_accept),
    ("sofia", "/requests/{request}", asked_to_close),
    ("sofia", "/messages/{thread}", lost_message),
)


@pytest.mark.parametrize("who", ["guest", "sofia", "carla", "dora"])
def test_every_state_is_whole(open_as, ids, who):
    faults: list[str] = []
    for device, dark in (("desktop", True), ("small", False)):
        page = open_as(who, device=device, dark=dark)
        for _, address, reach in (state for state in STATES if state[0] == who):
            if address:
                page.goto(address.format(**ids))
            reach(page)
            if reach.__name__.startswith("mistaken"):
                page.locator("[aria-invalid=true], .note-bad, [role=alert]").first.wait_for()
            collected(faults, assert_accessible, page)
            collected(faults, assert_fits, page)
    assert not faults, "\n".join(faults)


def test_somebody_who_comes_second_is_told_in_words(open_as, ids):
    early, late = open_as("sofia"), open_as("sofia")
    for page in (early, late):
        page.goto(f"/requests/{ids['draft']}/edit")
        page.fill("#title", f"Read a rental contract, {'first' if page is early else 'second'}")
    press(early, "Save draft")
    early.wait_for_url(lambda url: not url.endswith("/edit"))
    press(late, "Save draft")
    assert late.locator("#title").input_value().endswith("second")
    late.get_by_role("alert").first.wait_for()
    assert_accessible(late)
    assert_fits(late)


def lines(page: Any) -> set[str]:
    """What can be read in the page, without what a minute or a first look changes."""
    found = page.locator("main").inner_text().splitlines()
    return {line.strip() for line in found if not re.search(r"\d:\d\d|ago|now|^New$", line)} - {""}


@pytest.mark.parametrize("who", ["guest", "sofia", "carla"])
def test_without_script_pages_show_everything(open_as, addresses, who):
    scripted, plain = open_as(who), open_as(who, script=False)
    missing = {}
    for address in addresses:
        if plain.goto(address).status < 400:
            scripted.goto(address)
            missing[address] = lines(scripted) - lines(plain)
    assert not {address: gone for address, gone in missing.items() if gone}
