"""The outermost wrapper: what must hold for every answer, matched by a route or not.

Litestar's middleware does not run for unknown addresses and wrong methods; this does.
"""

from collections.abc import Awaitable, Callable
from itertools import chain
from typing import Any, TypeAlias

from app import security_log
from app.arrivals import HEADERS
from app.errors import TooLarge
from app.jinja import assets
from app.settings import Settings
from app.watching import Watch
from app.web import incoming, networks, origins
from app.web.crowding import Crowding
from app.web.errors import TITLES
from app.web.idle_polls import IdlePolls
from app.web.incoming import FORM, MULTIPART, Receive, bounded
from app.web.outgoing import Answer, Scope, Send
from app.web.problems import say
from app.web.uploads import LARGEST_UPLOAD, Addresses, is_multipart

App: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

SAFE = ("GET", "HEAD", "OPTIONS")
ONCE = (b"host", b"content-length", b"content-type", b"origin", b"sec-fetch-site")
LARGEST_BODY = 64 * 1024
LARGEST_HEADERS = 16 * 1024

SAID = TITLES | {
    403: (
        "That came from another site",
        "Forms are only taken from our own pages. Open the page here and send it again.",
    )
}


def content_policy(styles_hash: str) -> bytes:
    """What a page may load: our own files, and the first visit's stylesheet by its hash."""
    return (
        "default-src 'self'; object-src 'none'; script-src 'self';"
        f" style-src 'self' '{styles_hash}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ).encode()


class Edge:
    """An ASGI application around the site: verdict before the body, headers after the answer."""

    def __init__(
        self,
        app: App,
        settings: Settings,
        watch: Watch,
        uploads: Addresses,
        polls: IdlePolls,
        crowding: Crowding,
    ) -> None:
        self.app = app
        self.crowding = crowding
        self.uploads = uploads  # which addresses take files
        self.polls = polls
        self.origins = origins.ours(settings.public_url)
        self.trusted = settings.trusted_proxies
        self.watch = watch
        headers = dict(HEADERS)
        headers[b"content-security-policy"] = content_policy(assets().styles_hash)
        if settings.public_url.startswith("https:"):
            headers[b"strict-transport-security"] = b"max-age=31536000"
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what must not come in; dress and pack what goes out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = self.watch.begin(scope)
        peer = scope["client"]
        scope["client"] = networks.visitor(scope, self.trusted)
        scope["request_id"] = networks.request_id(scope, trusted=scope["client"] is not peer)
        answer = Answer(scope, send, self.headers)
        try:
            await self.answered(scope, receive, answer)
        finally:
            self.watch.end(scope, answer.status, answer.size, began)

    async def answered(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        """The same, once it is known who asks."""
        if await self.crowding.turns_away(scope, answer):
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        status = self.refused(scope, headers)
        if not status and incoming.comes_from_a_provider(scope):
            found = await incoming.one_click(scope, receive)
            receive, status = found or receive, 0 if found else 403
        if status:
            await self.refuse(status, scope, answer)
        elif not await self.polls.answer(scope, headers, answer):
            await self.app(scope, bounded(receive, self.largest(scope)), answer.send)

    def refused(self, scope: Scope, headers: dict[bytes, bytes]) -> int:
        """The status of the refusal, or 0: decided from the headers alone."""
        pairs = scope["headers"]
        if len(b"".join(chain.from_iterable(pairs))) > LARGEST_HEADERS:
            return 431
        if len(headers) < len(pairs):
            names = [name for name, _ in pairs]
            if any(names.count(name) > 1 for name in ONCE):
                return 400
        if scope["method"] in SAFE:
            return 0
        is_from_a_provider = incoming.comes_from_a_provider(scope)
        if not is_from_a_provider and not origins.is_same(headers, self.origins):
            return 403
        length = headers.get(b"content-length", b"0")
        largest = self.largest(scope)
        if length.isdigit() and int(length) > largest:
            return 413
        kind = headers.get(b"content-type", FORM).split(b";")[0].strip().lower()
        is_form = kind == FORM or (is_from_a_provider and kind == MULTIPART)
        return 0 if is_form or largest > LARGEST_BODY else 415

    def largest(self, scope: Scope) -> int:
        """How many bytes may come: more only where a file is taken, and sent as one."""
        found = self.uploads.fullmatch(scope["path"]) if is_multipart(scope) else None
        return LARGEST_UPLOAD if found and found.lastindex else LARGEST_BODY

    async def refuse(self, status: int, scope: Scope, answer: Answer) -> None:
        """A page in words, or a fragment for htmx, made without the application."""
        title, sentence = SAID[status]
        if status == 413:
            sentence = TooLarge(self.largest(scope)).sentence
        if status == 403:
            security_log.write("cross_origin.refused", networks.origin(scope))
        # The rest of the body is not waited for.
        await say(status, title, sentence, scope, answer, [(b"connection", b"close")])
