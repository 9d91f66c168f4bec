"""Forms that carry pictures, which are made anew before the handler is called.

Before, since nobody may wait for the writers meanwhile.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, TypeAlias

from app.access.enforce import may
from app.access.rules import RULES
from app.errors import Busy
from app.pictures import LARGEST_FILE, NOT_NOW, SHAPES, TOO_LARGE, Upload, remade
from app.settings import Settings
from app.web.arriving import Arriving, Sent
from app.web.request import Request
from app.web.sign_in import viewer_of
from app.web.workers import Threads

Addresses: TypeAlias = re.Pattern[str]

MULTIPART = b"multipart/form-data"
LARGEST_UPLOAD = LARGEST_FILE + 512 * 1024
LONGEST = 900  # seconds: 8 MB at 10 KB a second
MOST_AT_ONCE = 16  # of a worker


def addresses(routes: Iterable[Any]) -> Addresses:
    """The paths people send forms to; where files are taken, the match has a group.

    As the router does, a name as it stands goes before one that may be anything.
    """
    posts = {
        route.path: handler.opt["uploads"]
        for route in routes
        for handler in getattr(route, "route_handlers", ())
        if "deed" in handler.opt
    }

    def shape(path: str) -> str:
        shape = re.sub(r"\{\w+(:\w+)?\}", "[^/]+", path)
        return f"({shape})" if posts[path] else shape

    paths = sorted(posts, key=lambda path: ["{" in part for part in path.split("/")])
    return re.compile("|".join(map(shape, paths)))


def is_multipart(scope: Any) -> bool:
    """Whether a form was sent in the way that carries files."""
    kinds = [value for name, value in scope["headers"] if name == b"content-type"]
    return any(kind.split(b";")[0].strip().lower() == MULTIPART for kind in kinds)


class Uploads:
    """The files that are arriving at this worker."""

    def __init__(self, settings: Settings, threads: Threads) -> None:
        self.folder = settings.data_dir
        self.threads = threads
        self.arriving = 0

    async def receive(self, request: Request, *, welcome: bool) -> None:
        """Give the request its fields and its pictures. Raises Malformed, TooLarge and Busy."""
        # Of those who may not come in no file is kept, and nobody is kept out by them.
        welcome = welcome and await self.threads.run(partial(_may_come, request), write=False)
        is_full = welcome and self.arriving >= MOST_AT_ONCE
        with ExitStack() as held:
            if welcome and not is_full:
                held.enter_context(self._counted())
            form = Arriving(held, self.folder if welcome and not is_full else None)
            async with asyncio.timeout(LONGEST):
                await form.read(request)
            request.scope["posted"] = form.posted  # type: ignore[typeddict-unknown-key]
            if is_full:  # only now, so that what was typed can be shown again
                raise Busy
            request.files = {name: await self._made(name, sent) for name, sent in form.files}

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self.arriving += 1
        try:
            yield
        finally:
            self.arriving -= 1

    async def _made(self, field: str, sent: Sent) -> Upload:
        if sent.size > LARGEST_FILE:
            return Upload(sent.name, problem=TOO_LARGE)
        if sent.kept is None:
            return Upload(sent.name, problem=NOT_NOW)
        return await self.threads.pictures.run(partial(remade, sent.name, sent.kept, SHAPES[field]))


def _may_come(request: Request) -> bool:
    """Whether this person may send this at all, as far as that is known without the thing."""
    with request.database.reading() as db:
        viewer = viewer_of(db, request.token)
    if RULES[request.permission].about is None:
        return may(viewer, request.permission)
    return not viewer.is_guest
