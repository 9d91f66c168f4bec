"""What a tap costs on the line: what Chromium sends and gets, as frames of HTTP/2, both ways."""

from typing import Any

import pytest

from tests.journeys.front import Exchange
from tests.patience import until

# The browser asks for the picture of its tab whenever it likes, and the page for its worker, and
# the worker for its shell, four seconds after it was opened.
BY_ITSELF = ("/static/", "/worker.js", "/offline")


@pytest.fixture
def front(fronted: Any) -> Any:
    return fronted.front


@pytest.fixture(params=[True, False], ids=["as Caddy", "as nginx"])
def any_front(front: Any, request: pytest.FixtureRequest) -> Any:
    """Both kinds of proxies: those that remember headers, and those that do not."""
    front.remembers = request.param
    yield front
    front.remembers = True


def settled(page: Any, front: Any) -> None:
    page.wait_for_load_state("networkidle")
    front.forget()


def came(front: Any, method: str, ending: str, status: int = 200, times: int = 1) -> Exchange:
    """The last exchange like this, as soon as there were so many."""

    def found() -> list[Exchange]:
        return [
            one
            for one in list(front.exchanges)
            if one.method == method and one.status == status
            and one.path.partition("?")[0].endswith(ending)
        ]  # fmt: skip

    return until(lambda: found() if len(found()) >= times else [])[-1]


def test_a_bookmark(open_front, front, keeps):
    page = open_front("carla")
    page.goto("/requests")
    for _ in range(2):
        settled(page, front)
        mark = page.locator(".req .bm").first
        was = mark.get_attribute("aria-pressed")
        mark.click()
        ending = "/unbookmark" if was == "true" else "/bookmark"
        keeps("bookmark", came(front, "POST", ending).both)
        page.locator(f".req .bm:not([aria-pressed={was}])").first.wait_for()


def test_a_message_and_the_polls_of_who_waits_for_it(open_front, fronted, any_front, keeps):
    sofia, carla = open_front("sofia"), open_front("carla")
    address = f"/messages/{fronted.ids['thread']}"
    sofia.goto(address)
    settled(sofia, any_front)
    keeps("poll without news", came(any_front, "GET", f"{address}/new", 204, times=2).both)
    carla.goto(address)
    settled(carla, any_front)
    carla.fill("#text", "Thursday at five would be fine.")
    carla.get_by_role("button", name="Send", exact=True).click()
    keeps("message sent", came(any_front, "POST", address).both)
    keeps("poll with one message", came(any_front, "GET", f"{address}/new").down)


def test_a_step_of_becoming_a_coach(open_front, front, keeps):
    page = open_front("noor")
    page.goto("/become-a-coach/goal")
    for step in ("skills", "experience", "education", "portfolio"):
        settled(page, front)
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url(f"**/become-a-coach/{step}")
        page.wait_for_load_state("networkidle")
        came(front, "GET", step)
        asked = [one for one in front.exchanges if not one.path.startswith(BY_ITSELF)]
        keeps("next step of becoming a coach", sum(one.both for one in asked), step)


@pytest.mark.parametrize(("who", "address"), [("carla", "/requests"), ("sofia", "/coaches")])
def test_more_of_a_list(open_front, front, keeps, who, address):
    page = open_front(who)
    page.goto(address)
    settled(page, front)
    page.get_by_role("link", name="Show 20 more").click()
    keeps("20 more results", came(front, "GET", address).both, address)
