"""More comes than can be answered: the ones too many are told so at once, the others go on.

What tells is how long a request has waited for its turn, not how many there are: pages that stay
open and bodies that come slowly cost nothing, and how much a machine can do, only waiting shows.
"""

import re
from collections.abc import Iterable
from time import perf_counter
from typing import Any

from app.errors import Busy
from app.watching import ARRIVED
from app.web.limits import NEVER
from app.web.outgoing import Answer, Scope
from app.web.problems import say

LATE = "late"  # in the scope of a form
POLLS_WAIT = 0.5  # seconds; they ask again by themselves, so they go first
PAGES_WAIT = 3.0
PARTIAL = (b"hx-request-type", b"partial")
LATER = (b"retry-after", str(Busy.seconds).encode())
# Nothing is swapped and nothing is said: the page asks again.
NOT_NOW = [(b"content-length", b"0"), (b"hx-reswap", b"none"), LATER]


class Crowding:
    """What the edge asks about a request that has waited."""

    def __init__(self, routes: Iterable[Any]) -> None:
        found = [
            (handler, re.sub(r"\{\w+(:\w+)?\}", "[^/]+", route.path))
            for route in routes
            for handler in getattr(route, "route_handlers", ())
        ]
        self.always = re.compile("|".join(path for one, path in found if one.name in NEVER))
        self.polled = re.compile("|".join(path for one, path in found if one.opt.get("poll")))

    async def turns_away(self, scope: Scope, answer: Answer) -> bool:
        """Whether this request came too late, and has been told so.

        A form goes on, marked as late: it is read first, so that what was typed can be shown.
        """
        arrived = scope.get(ARRIVED)
        waited = perf_counter() - arrived if arrived else 0.0
        if waited < POLLS_WAIT or self.always.fullmatch(scope["path"]):
            return False
        if PARTIAL in scope["headers"] and self.polled.fullmatch(scope["path"]):
            start = {"type": "http.response.start", "status": Busy.status, "headers": NOT_NOW}
            await answer.send(start)
            await answer.send({"type": "http.response.body", "body": b""})
            return True
        if waited < PAGES_WAIT:
            return False
        if scope["method"] == "POST":
            scope[LATE] = True
            return False
        busy = Busy()
        await say(busy.status, busy.title, busy.sentence, scope, answer, [LATER], brief=True)
        return True
