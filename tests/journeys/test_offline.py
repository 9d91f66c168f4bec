"""Without a connection: the last pages of who is signed in, on their device and for nobody else."""

import re

import pytest

from tests.chromium import assert_accessible, assert_fits, sign_in
from tests.journeys.look import Look
from tests.patience import until
from tests.thin_line import thin_line

KEPT = "Not connected. This page is from"
READY = "navigator.serviceWorker.getRegistration().then(one => one?.active?.state === 'activated')"
NAMES = """caches.keys().then(names => Promise.all(names.map(async name =>
    [name, (await (await caches.open(name)).keys()).map(kept => new URL(kept.url).pathname)])))"""


@pytest.fixture
def line(site):
    with thin_line(site.address) as line:
        yield line


@pytest.fixture
def open_kept(open_browser, line):
    """A browser on a line that can be cut, with the worker."""

    def open_one(who, **options):
        page = open_browser(who, address=line.address, service_workers="allow", **options)
        page.goto("/dashboard")
        until(lambda: page.evaluate(READY))
        return page

    return open_one


def kept(page):
    """The paths of the pages that are on the device."""
    found = dict(page.evaluate(NAMES))
    return [path for name, paths in found.items() if name != "shell" for path in paths]


def visit(page, path):
    page.goto(path)
    until(lambda: path.split("?")[0] in kept(page))


def assert_nothing_kept(page):
    until(lambda: kept(page) == [])


def test_the_last_pages_can_be_read_and_say_how_old_they_are(open_kept, line, ids):
    sofia = open_kept("sofia", device="phone")
    thread = f"/messages/{ids['thread']}"
    visit(sofia, thread)
    words = sofia.locator("li.msg p").first.inner_text()
    visit(sofia, "/sessions")
    line.cut()
    sofia.goto(thread)
    assert KEPT in sofia.locator(".offline").inner_text()
    assert re.search(r"\d{4}, \d\d?:\d\d [AP]M", sofia.locator(".offline").inner_text())
    assert sofia.locator("li.msg p").first.inner_text() == words
    assert sofia.locator(".offline").count() == 1
    assert sofia.evaluate("getComputedStyle(document.querySelector('.offline')).display") == "block"
    look = Look(sofia)
    look.at("a kept page")
    assert not look.faults
    sofia.get_by_role("link", name="Try again").click()
    sofia.get_by_text(KEPT).wait_for()
    line.cut(False)
    sofia.get_by_role("link", name="Try again").click()
    sofia.locator(".offline").wait_for(state="detached")


def test_a_page_that_is_not_kept_says_so(open_kept, line):
    sofia = open_kept("sofia", device="phone")
    line.cut()
    sofia.goto("/how-matching-works")
    sofia.get_by_role("heading", name="Not connected").wait_for()
    assert sofia.url.endswith("/how-matching-works")
    assert_accessible(sofia)
    assert_fits(sofia)
    line.cut(False)
    sofia.get_by_role("link", name="Try again").click()
    sofia.get_by_role("heading", name="Not connected").wait_for(state="detached")


@pytest.mark.full
def test_twenty_pages_are_kept_and_none_that_may_not_be(open_kept):
    sofia = open_kept("sofia")
    for path in ("/settings", "/settings/sign-ins", "/earnings"):
        sofia.goto(path)
    for number in range(22):
        visit(sofia, f"/coaches?q={number}")
    pages = kept(sofia)
    assert len(pages) == 20 and set(pages) == {"/coaches"}, pages


def test_nothing_is_left_after_signing_out(open_kept, line, ids):
    sofia = open_kept("sofia")
    visit(sofia, f"/messages/{ids['thread']}")
    sofia.goto("/dashboard")
    sofia.locator(".menu summary").click()
    sofia.get_by_role("button", name="Sign out").click()
    sofia.wait_for_url(lambda address: address.endswith("/"))
    assert_nothing_kept(sofia)
    line.cut()
    for path in (f"/messages/{ids['thread']}", "/dashboard"):
        try:
            sofia.goto(path)
        except Exception as error:
            assert "ERR_" in str(error)
        assert "Sofia" not in sofia.locator("body").inner_text()
    line.cut(False)


def test_the_worker_forgets_by_itself_when_a_sign_in_ends(open_kept, ids):
    sofia = open_kept("sofia")
    visit(sofia, f"/messages/{ids['thread']}")
    sofia.context.clear_cookies()  # ended elsewhere: the server leads to the sign-in
    sofia.goto("/dashboard")
    sofia.wait_for_url("**/sign-in?**")
    assert_nothing_kept(sofia)


def test_another_account_on_the_same_device_sees_nothing(open_kept, line, ids):
    page = open_kept("sofia")
    thread = f"/messages/{ids['thread']}"
    visit(page, thread)
    page.context.clear_cookies()
    sign_in(page, "sam")
    until(lambda: page.evaluate(READY))
    visit(page, "/sessions")
    assert thread not in kept(page)
    line.cut()
    page.goto(thread)
    page.get_by_role("heading", name="Not connected").wait_for()
    line.cut(False)


def test_after_a_day_a_page_is_not_shown_any_more(open_kept, line):
    sofia = open_kept("sofia")
    visit(sofia, "/sessions")
    sofia.evaluate("""async () => {
        const name = (await caches.keys()).find(name => name !== "shell");
        const cache = await caches.open(name), url = location.href, kept = await cache.match(url);
        const headers = new Headers(kept.headers);
        headers.set("at", Date.now() - 864e5 - 1000);
        await cache.put(url, new Response(await kept.text(), { headers }));
    }""")
    line.cut()
    sofia.goto("/sessions")
    sofia.get_by_role("heading", name="Not connected").wait_for()
    line.cut(False)


@pytest.mark.full
def test_a_page_that_does_not_come_is_the_kept_one_after_ten_seconds(open_kept, line):
    sofia = open_kept("sofia")
    visit(sofia, "/sessions")
    line.trip = 30
    sofia.goto("/sessions")
    sofia.get_by_text(KEPT).wait_for()
    line.trip = 0


def test_a_page_of_the_proxy_is_no_page_where_one_is_kept(open_kept, line):
    sofia = open_kept("sofia")
    visit(sofia, "/sessions")
    line.say(
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 5\r\nConnection: close\r\n\r\nnginx"
    )
    sofia.goto("/sessions")
    sofia.get_by_text(KEPT).wait_for()
    sofia.goto("/how-matching-works")
    sofia.get_by_role("heading", name="Not connected").wait_for()
    line.say(b"")


def leave(page):
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()


def test_nobody_is_taken_for_signed_out_without_a_connection(open_browser):
    sofia = open_browser("sofia")
    sofia.goto("/dashboard")
    sofia.context.set_offline(True)
    leave(sofia)
    sofia.get_by_text("You are offline, and still signed in here.").wait_for()
    assert sofia.url.endswith("/dashboard")
    sofia.context.set_offline(False)
    sofia.locator(".offline").wait_for(state="detached")
    sofia.get_by_role("button", name="Sign out").click()
    sofia.wait_for_url(lambda address: address.endswith("/"))


def test_a_press_is_not_lost_to_the_line_that_goes_away(open_browser):
    sofia = open_browser("sofia", device="phone")
    sofia.goto("/dashboard")
    sofia.context.set_offline(True)
    sofia.locator(".offline").wait_for()
    sofia.locator(".menu summary").click()
    sofia.get_by_role("button", name="Sign out").hover()
    sofia.mouse.down()
    sofia.evaluate(
        "addEventListener('online', () => setTimeout(() => { document.title = 'back' }))"
    )
    sofia.context.set_offline(False)
    until(lambda: sofia.title() == "back")
    sofia.mouse.up()
    sofia.wait_for_url(lambda address: address.endswith("/"))


def test_signing_out_asks_before_it_loses_what_waits(open_browser, ids):
    sofia, asked = open_browser("sofia"), []
    sofia.goto("/dashboard")
    sofia.evaluate(
        f"localStorage[`sending:${{document.body.dataset.me}}:/messages/{ids['thread']}:k`] = '[]'"
    )
    sofia.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    leave(sofia)
    until(lambda: asked)
    assert "lose it" in asked[0] and sofia.url.endswith("/dashboard")
    sofia.once("dialog", lambda dialog: dialog.accept())
    sofia.get_by_role("button", name="Sign out").click()
    sofia.wait_for_url(lambda address: address.endswith("/"))


def test_fragments_and_forms_never_come_from_the_device(open_kept, line, ids):
    sofia = open_kept("sofia")
    visit(sofia, f"/messages/{ids['thread']}")
    line.cut()
    ask = "(what) => fetch(location.href, what).then(() => 'came', () => 'lost')"
    for what in ({}, {"headers": {"HX-Request": "true"}}, {"method": "POST"}):
        assert sofia.evaluate(ask, what) == "lost"
    line.cut(False)


def test_guests_and_people_who_save_data_have_no_worker(open_browser, site, world):
    for who, headers in ((None, {}), ("sofia", {"Save-Data": "on"})):
        page = open_browser(who, service_workers="allow", extra_http_headers=headers)
        page.clock.install()
        page.goto("/coaches")
        page.clock.run_for(20_000)
        assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_without_script_there_is_no_worker_and_nothing_is_missed(open_browser):
    sofia = open_browser("sofia", script=False, service_workers="allow")
    sofia.goto("/dashboard")
    assert "Hello, Sofia" in sofia.locator("main").inner_text()
