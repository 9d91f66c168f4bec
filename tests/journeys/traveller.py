"""Who goes through a whole journey, and the steps that more than one journey takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PLAN = (
    "We begin with ten sentences you need on the first day, and you say them until they are yours."
)
PLAN += " Then we meet people: a landlord, a baker, a neighbour with time."


class Traveller:
    """Somebody's browser, and whether its pages are swapped or loaded."""

    def __init__(self, page: Any, *, script: bool) -> None:
        self.page = page
        self.script = script

    @contextmanager
    def staying(self) -> Iterator[None]:
        """What happens inside happens without loading a page, where there is script."""
        if self.script:
            self.page.evaluate("window.stayed = true")
        yield
        if self.script:
            assert self.page.evaluate("window.stayed === true"), f"{self.page.url} was loaded"

    def press(self, name: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=name).first.click()

    def sees(self, words: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_text(words).locator("visible=true").first.wait_for()


def post_request(ines: Traveller, title: str) -> str:
    page = ines.page
    page.goto("/requests/new")
    page.get_by_label("Title").fill(title)
    with ines.staying():  # too little said: the form comes back as it was typed
        ines.press("Post request")
        page.locator("#description[aria-invalid=true]").wait_for()
        assert page.get_by_label("Title").input_value() == title
    page.locator("#description").fill(
        "I move in March and want to rent a room and buy bread without pointing at it."
    )
    page.locator("[name=skills]").fill("Polish, Conversation")
    page.locator("input[name=level][value=beginner]").check()
    page.locator("input[name=format][value=few_sessions]").check()
    page.locator("[name=budget_from]").fill("12.50")
    with ines.staying():
        ines.press("Post request")
        page.get_by_role("heading", level=1, name=title).wait_for()
        ines.sees("Open")
        page.wait_for_url(lambda url: url.rsplit("/", 1)[1].isdigit())
    return str(page.url)


def propose(carla: Traveller, *, sessions: int = 6, total: str = "$111") -> None:
    page = carla.page
    page.locator("#message").fill(PLAN)
    page.locator("#sessions").fill(str(sessions))
    page.locator("#price").fill("18.50")
    with carla.staying():
        carla.press("Send proposal")
        page.get_by_role("heading", name="Your proposal").wait_for()
        carla.sees(total)


def accept(ines: Traveller, address: str, *, total: str = "$111") -> None:
    page = ines.page
    page.goto(f"{address}/proposals")
    page.locator("summary", has_text="Accept").click()
    with ines.staying():
        ines.press(f"Accept for {total}")
        ines.sees("Filled")
        ines.sees("Open the thread")


def say(somebody: Traveller, words: str) -> None:
    somebody.page.locator("#text").fill(words)
    somebody.press("Send")
    somebody.page.locator(".msg.mine:not(.lost)", has_text=words).locator("time").wait_for()
