"""Polls: a cursor of growing numbers goes out with an answer and comes back with the next one."""

from collections.abc import Callable, Sequence
from operator import gt

from litestar.response import Response

from app.errors import NotFound
from app.web.request import Request
from app.web.respond import cursor_of, nothing_new, wants_fragment

Answer = Response[str]


def news(
    request: Request,
    now: Sequence[int],
    *,
    since: Callable[..., Answer],
    otherwise: Callable[[], Answer],
) -> Answer:
    """What `since(*seen)` makes of it, or nothing while no number of `now` is beyond what was seen.

    Pasted into the address bar, a poll shows the page of `otherwise`.
    """
    if not wants_fragment(request):
        return otherwise()
    seen = seen_by(request, now)
    return since(*seen) if any(map(gt, now, seen)) else nothing_new()


def seen_by(request: Request, now: Sequence[int]) -> list[int]:
    """How far the page has seen; what it does not say is taken to be up to date."""
    parts = cursor_of(request).split(".") if cursor_of(request) else []
    odd = [part for part in parts if not (part.isascii() and part.isdigit() and len(part) < 10)]
    if odd or len(parts) > len(now):
        raise NotFound
    return [*map(int, parts), *now[len(parts) :]]


def cursor_text(now: Sequence[int]) -> str:
    """How pages carry a cursor in `hx-ptag`."""
    return ".".join(map(str, now))
