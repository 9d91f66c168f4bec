"""Polls: a cursor goes out with an answer and comes back with the next question.

Its numbers count up, so that an answer which was overtaken tells nothing new; the last one says how
something stands, and may go either way.
"""

import re
from collections.abc import Callable, Sequence
from operator import gt

from litestar.response import Response

from app.errors import NotFound
from app.web.request import Request
from app.web.respond import cursor_of, nothing_new, wants_fragment

Answer = Response[str]
NUMBERS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})*")


def news(
    request: Request,
    now: Sequence[int],
    *,
    since: Callable[..., Answer],
    otherwise: Callable[[], Answer],
) -> Answer:
    """What `since(*seen)` makes of it, or nothing while the page has seen all of `now`.

    Pasted into the address bar, a poll shows the page of `otherwise`.
    """
    if not wants_fragment(request):
        return otherwise()
    seen = seen_by(request, now)
    return since(*seen) if has_news(now, seen) else nothing_new()


def changes(
    request: Request,
    now: str,
    *,
    since: Callable[[], Answer],
    otherwise: Callable[[], Answer],
) -> Answer:
    """The same for a cursor that says how something stands: new is whatever differs."""
    if not wants_fragment(request):
        return otherwise()
    return nothing_new() if cursor_of(request) == now else since()


def has_news(now: Sequence[int], seen: Sequence[int]) -> bool:
    """Whether a page that has seen this far lacks anything."""
    return any(map(gt, now[:-1], seen)) or now[-1] != seen[-1]


def seen_by(request: Request, now: Sequence[int]) -> list[int]:
    """How far the page has seen; what it does not say is taken to be up to date."""
    told = cursor_of(request)
    numbers = numbers_of(told) if told else []
    if numbers is None or len(numbers) > len(now):
        raise NotFound
    return [*numbers, *now[len(numbers) :]]


def numbers_of(told: str) -> list[int] | None:
    """The numbers of a cursor, or None for what none of our pages says."""
    return [*map(int, told.split("."))] if NUMBERS.fullmatch(told) else None


def cursor_text(now: Sequence[int]) -> str:
    """How pages carry a cursor in `hx-ptag`."""
    return ".".join(map(str, now))
