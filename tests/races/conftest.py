"""Rounds in which two people press at the same moment, each round with rows of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.answer import Answer
from tests.browser import Browser
from tests.factories import make_proposal, make_request
from tests.thorough import ROUNDS


@dataclass(frozen=True)
class Round:
    """Sofia's open request, Carla's proposal to it, and Cole's and Dora's."""

    number: int
    request: int
    carlas: int
    coles: int
    doras: int


Deed = Callable[[Round], Any]  # done by a thread of its own


@pytest.fixture
def rounds(db: Any, sofia: Any, carla: Any, cole: Any, dora: Any) -> list[Round]:
    """The scene of every round; what Sofia has seen of it, she has seen before."""
    made = []
    for number in range(ROUNDS):
        wanted = make_request(db, sofia)
        seen = {"first_viewed_at": wanted.posted_at, "seen_version": 1}
        sent = [make_proposal(db, wanted, coach, **seen).id for coach in (carla, cole, dora)]
        made.append(Round(number, wanted.id, *sent))
    return made


@pytest.fixture
def presses(browser: Any) -> Callable[..., Deed]:
    """`presses(sofia, "/requests/{request}/close", reason="other")`, for a round to come."""

    def prepare(person: Any, path: str, **fields: str) -> Deed:
        asking = browser.as_(person)
        twin = Browser(browser.client, browser.db, lambda: None)
        twin.cookies = dict(asking.cookies)
        browser.settle()

        def press(here: Round) -> Answer:
            return twin.post(path.format(**vars(here)), fields)

        return press

    return prepare


@pytest.fixture
def race(browser: Any) -> Callable[..., list[tuple[Any, Any]]]:
    """Does two deeds at the same moment in every round; what came of both, round by round.

    Who begins changes from round to round, so that neither deed is always the first in line.
    """

    def run(
        rounds: list[Round], one: Deed, other: Deed, before: Deed = id
    ) -> list[tuple[Any, Any]]:
        browser.settle()
        barrier = threading.Barrier(2, timeout=60)

        def do(deed: Deed, here: Round) -> Any:
            barrier.wait()
            return deed(here)

        found = []
        with ThreadPoolExecutor(2) as pool:
            for here in rounds:
                before(here)
                order = [one, other] if here.number % 2 else [other, one]
                done = [pool.submit(do, deed, here) for deed in order]
                came = [each.result() for each in done]
                found.append((came[0], came[1]) if here.number % 2 else (came[1], came[0]))
        browser.settle()
        return found

    return run
