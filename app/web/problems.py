"""A problem said in words without the application: a page, or a fragment for htmx."""

from collections.abc import Iterable
from functools import lru_cache

from app.jinja import draw
from app.web.outgoing import Answer, Scope

Header = tuple[bytes, bytes]


async def say(
    status: int,
    title: str,
    sentence: str,
    scope: Scope,
    answer: Answer,
    headers: Iterable[Header] = (),
    *,
    brief: bool = False,
) -> None:
    """Send it. A `brief` one is drawn once for all, with the stylesheet as a file beside it."""
    partial = (b"hx-request-type", b"partial") in scope["headers"]
    drawn = _drawn_once if brief else _drawn
    body = drawn(status, title, sentence, "" if brief else scope["request_id"], partial)
    all_headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"vary", b"HX-Request-Type"),
        *headers,
    ]
    await answer.send({"type": "http.response.start", "status": status, "headers": all_headers})
    await answer.send({"type": "http.response.body", "body": body})


def _drawn(status: int, title: str, sentence: str, request_id: str, partial: bool) -> bytes:
    first_visit = bool(request_id) and not partial
    context = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "to": "",
        "kept": {},
        "back": "",
        "request_id": request_id,
        "first_visit": first_visit,
        "lite": not first_visit,
    }
    name = "partials/ui/problem.swaps.html" if partial else "templates/errors/error.html"
    return draw(name, context, inline=first_visit).encode()


_drawn_once = lru_cache(maxsize=8)(_drawn)
