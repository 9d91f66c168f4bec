"""Polls that bring nothing, answered before the framework is asked: nearly all of them are such.

Only "nothing is new" is said here, to those of whom the rules say that they might be told more.
Whatever else there may be to say, the ordinary way finds out anew, from the beginning.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec

from app.tokens import hashed
from app.web.outgoing import Answer, Message, Scope
from app.web.sign_in import token_of
from app.web.workers import Threads
from db.engine import Database

NOSNIFF = (b"x-content-type-options", b"nosniff")
QUIET: Message = {
    "type": "http.response.start",
    "status": 204,
    "headers": [(b"cache-control", b"no-store"), (b"vary", b"HX-Request-Type"), NOSNIFF],
}
NO_BODY: Message = {"type": "http.response.body", "body": b""}


class Poll(msgspec.Struct, frozen=True):
    """What a page asks by itself: by whom, about what, and how far it has seen."""

    database: Database
    token_hash: bytes
    key: str  # what the address names, "" for one that names nothing
    query: str
    told: str


IsQuiet = Callable[[Poll], bool]


class IdlePolls:
    """What the edge asks before it asks the site."""

    def __init__(self, routes: Iterable[Any], database: Database, threads: Threads) -> None:
        self.database = database
        self.threads = threads
        self.looks = list(looks(routes))

    async def answer(self, scope: Scope, headers: dict[bytes, bytes], answer: Answer) -> bool:
        """Say that nothing is new, if this is a poll and that is so."""
        look = self.asked(scope, headers)
        if look is None or not await self.is_quiet(look):
            return False
        answer.status = QUIET["status"]
        await answer.out(QUIET)
        await answer.out(NO_BODY)
        return True

    async def is_quiet(self, look: Callable[[], bool]) -> bool:
        """Whether it surely is; of a database that does not answer, the ordinary way may tell."""
        if self.threads.reads_on_loop:  # there is nothing to wait for
            return look()
        return await self.threads.glances.ask(look)

    def asked(self, scope: Scope, headers: dict[bytes, bytes]) -> Callable[[], bool] | None:
        """The question, if this is a poll as our pages make them; anything odd about it is not."""
        if scope["method"] != "GET":
            return None
        told, is_odd = headers.get(b"hx-ptag"), len(headers) < len(scope["headers"])
        if not told or headers.get(b"hx-request-type") != b"partial" or is_odd:
            return None
        for address, look, handler in self.looks:
            found = address.fullmatch(scope["path"])
            token = token_of(scope) if found else ""
            if found and token:
                scope["route_handler"] = handler  # as the router does, for whoever counts
                key = found[1] if found.lastindex else ""
                query, told_here = scope["query_string"].decode("latin-1"), told.decode("latin-1")
                return partial(look, Poll(self.database, hashed(token), key, query, told_here))
        return None


def looks(routes: Iterable[Any]) -> Iterable[tuple[re.Pattern[str], IsQuiet, Any]]:
    """The addresses that are polled, and how each finds out that nothing is new."""
    for route in routes:
        for handler in getattr(route, "route_handlers", ()):
            if callable(handler.opt.get("poll")):
                path = re.sub(r"\{\w+(:\w+)?\}", "([^/]+)", route.path)
                yield re.compile(path), handler.opt["poll"], handler
