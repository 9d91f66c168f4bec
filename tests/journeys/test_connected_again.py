"""What a page says and does while the line is away, and by itself once it is back."""

import json
import re

import pytest

from db.models.learning_requests import LearningRequest
from tests.chromium import assert_accessible, assert_fits
from tests.journeys.talk import on_posts, send, stored, waiting
from tests.journeys.test_a_draft_keeps_itself import drafts, ours
from tests.journeys.test_offline import KEPT, line, open_kept, visit  # noqa: F401 - fixtures
from tests.patience import until

LINE = "You are offline. What you typed is safe on this device."
NOT_SAVED = "Not saved yet, but kept on this device."
NOT_ACCEPTED = "Your message was not accepted"
SEEN = """selector => {
    const { left, right, top, bottom } = document.querySelector(selector).getBoundingClientRect();
    const at = y => document.elementFromPoint((left + right) / 2, y)?.closest(selector);
    return top >= 0 && bottom <= innerHeight && [top + 3, bottom - 3].every(at);
}"""
PLANT = """([to, key, values]) => {
    localStorage[`sending:${localStorage.me}:${to}:${key}`] = values;
}"""
OURS = {"content-security-policy": "default-src 'none'"}  # as on each answer of the site
FULL = "Storage.prototype.setItem = () => { throw new Error('full'); }"
COME_TO_THE_FRONT = "document.dispatchEvent(new Event('visibilitychange'))"


def in_sight(page, selector):
    """Whether all of it can be seen as the page stands now, with nothing over it."""
    return page.evaluate(SEEN, selector)


def cut_off(page):
    page.context.set_offline(True)
    page.get_by_text(LINE).wait_for()


@pytest.mark.parametrize("device", ["phone", "desktop", "small"])
def test_the_line_stays_in_sight_and_pushes_nothing_out(open_browser, ids, device):
    sofia = open_browser("sofia", device=device, reduced_motion="reduce")
    sofia.goto("/coaches")
    cut_off(sofia)
    assert in_sight(sofia, ".offline") and in_sight(sofia, ".top-in .logo")
    sofia.evaluate("scrollTo(0, 9999)")
    until(lambda: sofia.evaluate("scrollY") > 200)
    assert in_sight(sofia, ".offline") and in_sight(sofia, ".top-in .logo")
    assert_fits(sofia)
    sofia.context.set_offline(False)
    sofia.locator(".offline").wait_for(state="detached")
    sofia.goto(f"/messages/{ids['thread']}")
    before = sofia.locator("#composer").bounding_box()
    cut_off(sofia)
    for part in (".offline", "#composer", ".thread-head"):
        until(lambda part=part: in_sight(sofia, part))
    assert sofia.locator("#composer").bounding_box() == before
    last = sofia.locator("li.msg").last.bounding_box()
    assert last["y"] + last["height"] <= before["y"]
    assert_accessible(sofia)
    assert_fits(sofia)


def test_a_page_that_is_not_kept_comes_by_itself(open_kept, line, ids, world):  # noqa: F811
    sofia = open_kept("sofia", device="phone")
    line.cut()
    sofia.goto("/how-matching-works")
    sofia.get_by_text("Not connected. Still trying.").wait_for()
    assert_accessible(sofia)
    plant(sofia, ids["thread"], "From the dark page")
    line.cut(False)
    sofia.get_by_role("heading", name="How matching works").wait_for()
    sofia.get_by_text("Your message was sent.").wait_for()
    assert sofia.url.endswith("/how-matching-works") and stored(world, "From the dark page") == 1


@pytest.mark.parametrize("path", ["/sessions", "/welcome"])
def test_a_kept_page_says_when_the_line_is_back(open_kept, line, path):  # noqa: F811
    sofia = open_kept("sofia", device="phone")
    visit(sofia, path)
    line.cut()
    sofia.goto(path)
    sofia.get_by_text(KEPT).wait_for()
    line.cut(False)
    sofia.get_by_role("status").get_by_text("Connected again.").wait_for()
    assert not sofia.locator(".offline").count()
    assert_accessible(sofia)
    sofia.get_by_role("button", name="Reload").click()
    sofia.get_by_text("Connected again.").wait_for(state="detached")
    assert not sofia.get_by_text(KEPT).count()


@pytest.fixture
def writing(open_browser, line, world):  # noqa: F811
    """Sofia's page of a request that has kept itself once, on a line that can be cut."""
    sofia = open_browser("sofia", address=line.address, reduced_motion="reduce")
    sofia.goto("/requests/new")
    sofia.get_by_label("Title").press_sequentially("Portuguese")
    sofia.get_by_text("Draft saved").wait_for()
    yield sofia
    with world.writing() as db:
        db.query(LearningRequest).filter(ours()).delete()


@pytest.mark.parametrize("how", ["cut", "offline"])
def test_a_draft_that_is_not_saved_says_so_and_saves_itself(writing, line, world, how):  # noqa: F811
    away = line.cut if how == "cut" else writing.context.set_offline
    away(True)
    writing.get_by_label("Title").press_sequentially(" for the market")
    writing.get_by_text(NOT_SAVED).wait_for()
    assert not writing.get_by_text("Draft saved").count()
    assert drafts(world) == ["Portuguese"]
    away(False)
    writing.get_by_text("Draft saved").wait_for()
    assert drafts(world) == ["Portuguese for the market"]
    assert not writing.get_by_text(NOT_SAVED).count()


@pytest.mark.parametrize("status", [408, 429, 403])
def test_a_draft_that_came_too_often_or_to_a_proxy_saves_itself(writing, world, status):
    """The line is there all the while, so no browser says that it is back."""
    headers = {} if status == 403 else OURS
    writing.context.route(re.compile("/requests"), lambda route: refuse(route, status, headers))
    writing.get_by_label("Title").press_sequentially(" for the market")
    writing.get_by_text(NOT_SAVED).wait_for()
    writing.context.unroute_all(behavior="ignoreErrors")
    writing.get_by_text("Draft saved").wait_for()
    assert drafts(world) == ["Portuguese for the market"]


def test_nothing_is_called_kept_where_nothing_can_be_kept(writing, line):  # noqa: F811
    writing.evaluate(f"() => {{ {FULL} }}")
    line.cut()
    writing.get_by_label("Title").press_sequentially(" for the market")
    writing.get_by_text("Not saved yet.", exact=True).wait_for()
    assert not writing.get_by_text("kept on this device").count()


def plant(page, thread, words):
    """A message that waits on the device, as an earlier page has left it."""
    key = f"1{words[:9]}"
    values = json.dumps({"text": words, "form_key": key})
    page.evaluate(PLANT, [f"/messages/{thread}", key, values])


def nothing_waits(page):
    return not page.evaluate("Object.keys(localStorage).join().includes('sending:')")


@pytest.fixture
def posts(open_browser, ids):
    """Sofia's page with a message that is too long waiting, and what leaves for its thread."""
    sofia = open_browser("sofia", device="phone", reduced_motion="reduce")
    sofia.goto("/dashboard")
    left = []
    on_posts(sofia, lambda route: (left.append(route.request), route.continue_()))
    plant(sofia, ids["thread"], "Far too long " * 400)
    return sofia, left


def test_a_refused_message_is_not_tried_again_and_can_be_taken_back(posts, ids):
    sofia, left = posts
    sofia.goto("/sessions")
    sofia.get_by_text(NOT_ACCEPTED).wait_for()
    assert "Far too long" in sofia.locator("#toasts").inner_text() and len(left) == 1
    assert_accessible(sofia)
    assert_fits(sofia)
    sofia.reload()
    sofia.get_by_text(NOT_ACCEPTED).wait_for()
    sofia.get_by_role("button", name="Open").click()
    sofia.wait_for_url("**/messages/*")
    bubble = waiting(sofia, "Far too long")
    bubble.get_by_text("Not accepted").wait_for()
    sofia.evaluate("dispatchEvent(new Event('online'))")
    assert len(left) == 1
    assert_accessible(sofia)
    sofia.fill("#text", "And more")
    bubble.get_by_role("button", name="Take back").click()
    assert re.match("(Far too long )+\nAnd more", sofia.input_value("#text"))
    assert not bubble.count() and nothing_waits(sofia)
    sofia.reload()
    assert sofia.input_value("#text").endswith("And more") and len(left) == 1


def test_a_refused_message_can_be_discarded_from_any_page(posts):
    sofia, left = posts
    sofia.goto("/sessions")
    sofia.get_by_text(NOT_ACCEPTED).wait_for()
    sofia.get_by_role("button", name="Discard").click()
    assert nothing_waits(sofia)
    sofia.reload()
    sofia.get_by_role("heading", level=1).wait_for()
    assert not sofia.get_by_text(NOT_ACCEPTED).count() and len(left) == 1


def refuse(route, status=403, headers=OURS):
    route.fulfill(status=status, headers=headers, body="No")


@pytest.mark.parametrize("status", [403, 404, 413])
def test_what_a_proxy_says_by_itself_refuses_no_message(open_browser, ids, world, status):
    words = f"Through the filter {status}"
    sofia = open_browser("sofia", device="phone", reduced_motion="reduce")
    sofia.goto(f"/messages/{ids['thread']}")
    left = []
    on_posts(sofia, lambda route: (left.append(route), refuse(route, status, {})))
    send(sofia, words)
    waiting(sofia, words).get_by_text("Not sent").wait_for()
    sofia.goto("/sessions")
    sofia.get_by_text("Your message waits for a connection").wait_for()
    assert len(left) == 2 and not sofia.get_by_text(NOT_ACCEPTED).count()
    sofia.context.unroute_all(behavior="ignoreErrors")
    sofia.reload()
    sofia.get_by_text("Your message was sent.").wait_for()
    assert nothing_waits(sofia) and stored(world, words) == 1


def test_a_message_that_may_not_be_sent_stays_to_be_read(open_browser, ids):
    """The other one has blocked Sofia meanwhile: the server says 403, and has no form for her."""
    sofia = open_browser("sofia", device="phone", reduced_motion="reduce")
    sofia.goto(f"/messages/{ids['thread']}")
    left = []
    on_posts(sofia, lambda route: (left.append(route), refuse(route)))
    send(sofia, "Are you there?")
    bubble = waiting(sofia, "Are you there?")
    bubble.get_by_text("Not accepted").wait_for()
    sofia.reload()
    bubble.get_by_text("Not accepted").wait_for()
    assert len(left) == 1
    bubble.get_by_role("button", name="Remove").click()
    assert not bubble.count() and nothing_waits(sofia)


@pytest.mark.parametrize("where", ["in another tab", "on another device"])
def test_a_tab_in_front_shows_nothing_once_its_sign_in_is_gone(open_browser, where):
    sofia = open_browser("sofia")
    sofia.goto("/dashboard")
    if where == "in another tab":
        sofia.route("**/unread*", lambda route: route.abort())  # no poll tells
        sofia.route("**/dashboard/*/*", lambda route: route.abort())
        other = sofia.context.new_page()
        other.goto("/dashboard")
        other.locator(".menu summary").click()
        other.get_by_role("button", name="Sign out").click()
        other.wait_for_url(lambda address: address.endswith("/"))
    else:
        sofia.context.clear_cookies()
    sofia.evaluate(COME_TO_THE_FRONT)
    sofia.locator("#password").wait_for()
    assert "Hello, Sofia" not in sofia.locator("body").inner_text()


def test_a_tab_in_front_stays_as_it_is_where_nothing_can_be_kept(open_browser):
    sofia = open_browser("sofia")
    sofia.add_init_script(FULL)
    sofia.goto("/dashboard")
    sofia.evaluate("window.stayed = localStorage.clear() || true")
    sofia.evaluate(COME_TO_THE_FRONT)
    sofia.wait_for_timeout(500)
    assert sofia.evaluate("window.stayed")


@pytest.mark.full
def test_a_silent_line_is_given_up_after_thirty_seconds(open_kept, line):  # noqa: F811
    sofia = open_kept("sofia")
    line.trip = 60
    sofia.goto("/how-matching-works", timeout=50_000)
    sofia.get_by_role("heading", name="Not connected").wait_for()
    line.trip = 0
    sofia.get_by_role("heading", name="How matching works").wait_for(timeout=60_000)


@pytest.mark.parametrize(
    ("who", "path", "label"),
    [("sofia", "/settings", "First name"), ("carla", "/bookmarks", "Your note")],
)
def test_settings_and_notes_are_kept_while_they_are_typed(open_browser, who, path, label):
    page = open_browser(who, reduced_motion="reduce")
    page.goto(path)
    field = page.get_by_label(label).first
    if not field.is_visible():
        page.locator("main details:has(textarea) summary").first.click()
    field.fill("Half a word")
    page.reload()
    page.get_by_text("We kept what you typed.").wait_for()
    assert field.is_visible() and field.input_value() == "Half a word"
