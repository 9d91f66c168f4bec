"""First words on a screen at 50 kbit/s and 1,000 ms, as Chromium paints them on such a line."""

from typing import Any

import pytest

from tests.journeys.budgets.test_visits import ready

pytestmark = pytest.mark.full

LINE = {
    "offline": False, "latency": 1000,
    "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8,
}  # fmt: skip
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    const one = list.getEntries().find(({name}) => name === "first-contentful-paint");
    if (one) done(one.startTime);
}).observe({type: "paint", buffered: true}))"""


def on_the_line(page: Any) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)


@pytest.mark.parametrize("address", ["/", "/coaches", "/sign-in"])
def test_a_first_visit_shows_words(open_front, keeps, address):
    page = open_front()
    page.context.set_default_timeout(120_000)
    on_the_line(page)
    page.goto(address, wait_until="commit")
    keeps("first words, first visit", page.evaluate(PAINTED), address)


@pytest.mark.parametrize("address", ["/sign-in", "/coaches", "/coaches/carla-ruiz"])
def test_the_next_page_shows_words(open_front, fronted, keeps, address):
    page = open_front()
    page.context.set_default_timeout(120_000)
    fronted.front.forget()
    page.goto("/", wait_until="load")
    ready(page, fronted.front)
    on_the_line(page)
    page.goto(address, wait_until="commit")
    keeps("first words, next page", page.evaluate(PAINTED), address)
