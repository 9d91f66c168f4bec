"""The site is stopped and started anew while a thread is open: nobody notices."""

import pytest

from tests.journeys.talk import assert_once, send, shown
from tests.patience import until

WATCH = """
window.asked = { sent: 0, good: 0 };
window.shown = [];
const isPoll = (event) => event.detail.ctx.request.action.endsWith("/new");
document.addEventListener("htmx:before:request", (event) => { if (isPoll(event)) asked.sent++; });
document.addEventListener("htmx:after:request", (event) => { if (isPoll(event)) asked.good++; });
document.addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    for (const one of document.querySelectorAll(".toast, [role=alert]")) shown.push(one.innerText);
  }).observe(document, { childList: true, subtree: true, characterData: true });
});
"""


def polls(page, what="sent"):
    return page.evaluate(f"asked.{what}")


@pytest.mark.full
def test_a_restart_is_not_noticed_in_an_open_thread(thread, site):
    sam, carla = thread
    for page in thread:
        page.add_init_script(WATCH)
        page.reload()
    words = sam.locator("main").inner_text()
    sam.locator("#text").press_sequentially("Half a sent")  # who types is asked for often
    until(lambda: polls(sam, "good"))
    site.stop()
    before = polls(sam)
    until(lambda: polls(sam) > before)  # nobody is there to answer
    assert sam.locator("main").inner_text() == words
    site.start()
    send(carla, "After the restart")
    assert_once(carla, "After the restart")
    shown(sam, "After the restart").wait_for()
    assert_once(sam, "After the restart")
    assert sam.input_value("#text") == "Half a sent"
    for page in thread:
        assert page.evaluate("shown") == []
        assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
