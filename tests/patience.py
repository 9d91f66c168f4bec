"""Waiting for what another process or thread does; for the clock alone, no test ever waits."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 120  # seconds; a start takes two, on a machine that does nothing else
PAUSE = 0.03
TRIES = round(PATIENCE / PAUSE)


def until(answer: Callable[[], T], *, unless: Callable[[], object] = bool) -> T:
    """The first yes; it stops asking when `unless` says so, or when it takes too long."""
    pause = threading.Event()
    for _ in range(TRIES):
        said = answer()
        if said:
            return said
        if unless():
            break
        pause.wait(PAUSE)
    raise AssertionError(f"never came: {answer}")
