"""The open thread asks while somebody looks: quickly while people talk, slowly when it is quiet."""

import pytest

from tests.journeys.talk import assert_once, send, shown
from tests.patience import until

COUNT = """
window.asked = [];
window.finished = 0;
const isPoll = (event) => event.detail.ctx.request.action.endsWith("/new");
document.addEventListener("htmx:before:request", (event) => {
  if (isPoll(event)) asked.push(Date.now());
});
document.addEventListener("htmx:finally:request", (event) => { if (isPoll(event)) finished++; });
"""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def timed(thread):
    """Sam's page, whose clock goes only when told to, after its first quiet poll."""
    sam, _ = thread
    return stopped(sam, sam.url)


def stopped(page, address):
    page.add_init_script(COUNT)
    page.clock.install()
    page.goto(address)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    pause(page)
    page.fill("#text", "H")
    page.fill("#text", "")
    pause(page)
    return page


def polls(page):
    return page.evaluate("asked.length")


def pause(page):
    """Whole seconds until the next poll, which is waited for to its end."""
    before, start = polls(page), page.evaluate("Date.now()")
    until(lambda: page.clock.run_for(1000) or polls(page) > before)
    until(lambda: page.clock.run_for(1) or page.evaluate("finished === asked.length"))
    return (page.evaluate("asked.at(-1)") - start + 100) // 1000


def test_quiet_polls_grow_rarer_and_typing_brings_them_back(timed):
    assert [pause(timed) for _ in range(3)] == [4, 6, 10]
    waits = [pause(timed) for _ in range(6)]
    assert waits == sorted(waits) and waits[-2:] == [60, 60]
    timed.locator("#text").press_sequentially("H")
    assert pause(timed) == 3
    assert pause(timed) > 3
    timed.fill("#text", "")


def test_what_arrives_brings_them_back(timed, thread):
    _, carla = thread
    assert [pause(timed) for _ in range(2)] == [4, 6]
    send(carla, "Are you there?")
    assert_once(carla, "Are you there?")
    pause(timed)
    assert shown(timed, "Are you there?").count() == 1
    assert pause(timed) == 3


def test_nobody_asks_for_a_page_that_nobody_sees(timed):
    timed.evaluate(HIDE, True)
    before = polls(timed)
    timed.clock.run_for(300_000)
    assert polls(timed) == before
    timed.evaluate(HIDE, False)
    assert polls(timed) == before + 1


def test_nobody_asks_without_network(timed):
    timed.context.set_offline(True)
    timed.get_by_text("You are offline").wait_for()
    before = polls(timed)
    timed.clock.run_for(300_000)
    assert polls(timed) == before
    timed.context.set_offline(False)
    until(lambda: polls(timed) == before + 1)


def test_errors_do_not_end_it(timed):
    timed.context.route("**/new", lambda route: route.fulfill(status=502, body="Bad gateway"))
    assert [pause(timed) for _ in range(3)] == [4, 4, 4]
    timed.context.unroute_all(behavior="ignoreErrors")
    assert [pause(timed) for _ in range(2)] == [4, 6]
    assert not timed.get_by_text("Something broke").count()


def test_a_data_saver_is_asked_less(open_as, thread):
    saver = open_as("sam", extra_http_headers={"Save-Data": "on"})
    stopped(saver, thread[0].url)
    assert pause(saver) == 22
    saver.locator("#text").press_sequentially("H")
    assert pause(saver) == 15
    saver.fill("#text", "")


def test_the_badge_counts_on_any_page(thread):
    sam, carla = thread
    sam.clock.install()
    sam.goto("/dashboard")
    shown = sam.locator("#unread .count").all_inner_texts()  # none when all is read
    before = int(shown[0].split()[-1]) if shown else 0
    sam.evaluate("window.stayed = true")
    send(carla, "Look at the badge")
    assert_once(carla, "Look at the badge")
    count = sam.locator("#unread .count", has_text=str(before + 1))
    until(lambda: sam.clock.run_for(1000) or count.count())
    assert sam.evaluate("window.stayed") is True
