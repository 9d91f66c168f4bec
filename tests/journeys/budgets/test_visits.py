"""What visits cost over HTTP/2: a first one, the next page, and a journey of ten screens."""

from typing import Any
from urllib.parse import urlsplit

from tests.chromium import sign_in
from tests.journeys.front import Exchange
from tests.patience import until

SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
    }).observe({type: "layout-shift", buffered: true});
    document.fonts.ready.then(() => setTimeout(() => done(sum), 300));
})"""


def came(front: Any) -> list[Exchange]:
    """What was asked for, without the picture of the tab, which is no part of the page."""
    return [one for one in list(front.exchanges) if "/mark." not in one.path]


def ready(page: Any, front: Any) -> None:
    """All is there that is fetched when idle."""
    ahead = page.evaluate("document.documentElement.dataset.next").split()
    until(lambda: set(ahead) <= {one.path for one in list(front.exchanges)})
    until(lambda: "seen=1" in page.evaluate("document.cookie"))


def test_a_first_visit_and_the_next_page(open_front, fronted, keeps):
    page, front = open_front(), fronted.front
    front.forget()
    page.goto("/", wait_until="load")
    keeps("first visit, to work", front.total)
    keeps("first visit, requests", len(came(front)))
    ready(page, front)
    keeps("first visit, with what comes when idle", front.total)
    keeps("layout shift", page.evaluate(SHIFT))
    front.forget()
    page.goto("/sign-in", wait_until="networkidle")
    keeps("next page", sum(one.both for one in came(front)))
    keeps("next page, requests", len(came(front)))
    keeps("layout shift", page.evaluate(SHIFT))


def test_the_journey(open_front, fronted, keeps):
    """Ten screens and four deeds, from the first visit of a browser to a session."""
    page, front, ids = open_front(), fronted.front, fronted.ids
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    front.forget()
    page.goto("/sign-in", wait_until="load")
    ready(page, front)  # nobody types faster
    sign_in(page, "sofia")
    opens(page, "/coaches")
    page.fill("#q", "spanish")
    page.press("#q", "Enter")
    page.wait_for_url("**q=spanish*")
    opens(page, f"/requests/{ids['request']}")
    opens(page, f"/requests/{ids['request']}/proposals")
    page.locator("summary", has_text="Accept").first.click()
    page.get_by_role("button", name="Accept for").first.click()
    page.get_by_text("Open the thread").first.wait_for()
    opens(page, f"/messages/{ids['thread']}")
    page.fill("#text", "When do we begin?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".msg.mine:not(.lost)", has_text="When do we begin?").locator("time").wait_for()
    opens(page, f"/contracts/{ids['contract']}")
    opens(page, "/sessions")
    opens(page, f"/sessions/{ids['session']}")
    keeps("the journey", front.total)
    keeps("the journey, requests", len(came(front)))
    accepted = [one for one in front.exchanges if one.path.endswith("/accept")]
    keeps("proposal accepted", accepted[0].both)
    hosts = {urlsplit(address).netloc for address in asked}
    keeps("requests to other hosts", len(hosts) - 1)


def opens(page: Any, address: str) -> None:
    page.goto(address, wait_until="networkidle")
