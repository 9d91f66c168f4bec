"""What the journeys of a thread do and look at."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from db.engine import Database
from db.models.messages import Message
from tests.patience import until

Page = Any
POSTS = re.compile(r"/messages/[0-9]+$")
LAST = "li.msg > p:not(.sent)"


def last(page: Page) -> str:
    return str(page.locator(LAST).last.inner_text())


def send(page: Page, words: str) -> None:
    page.fill("#text", words)
    page.get_by_role("button", name="Send", exact=True).click()


def shown(page: Page, words: str) -> Any:
    """The bubbles with these words that have come from the server."""
    return page.locator("li.msg[id]", has_text=words)


def waiting(page: Page, words: str) -> Any:
    """The bubbles with these words that have not reached it yet."""
    return page.locator("li.msg:not([id])", has_text=words)


def stored(world: Database, words: str) -> int:
    """How many messages of these words there are."""
    with world.reading() as db:
        return db.scalar(select(func.count()).select_from(Message).filter_by(text=words)) or 0


def on_posts(page: Page, act: Callable[[Any], object]) -> None:
    """`act(route)` for every message that leaves the page, until `page.context.unroute_all()`."""

    def choose(route: Any) -> object:
        return act(route) if route.request.method == "POST" else route.continue_()

    page.context.route(POSTS, choose)


def lose(route: Any) -> None:
    """A line that is dead before the message has left."""
    route.abort("connectionfailed")


def lose_the_answer(route: Any) -> None:
    """A line that dies once the server has the message."""
    route.fetch()
    route.abort("connectionreset")


def assert_once(page: Page, words: str) -> None:
    """The words stand there once, numbered by the server, and nothing waits any more."""
    shown(page, words).wait_for()
    waiting(page, words).wait_for(state="detached")
    assert shown(page, words).count() == 1
    until(lambda: page.evaluate("Object.keys(localStorage).join().includes('sending:')") is False)
