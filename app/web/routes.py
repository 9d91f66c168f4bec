"""get, post: like Litestar's, but `allow=` is a required word, and handlers are plain functions."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any
from urllib.parse import parse_qs

from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response

from app.access.permissions import Permission
from app.access.rules import RULES
from app.errors import Busy, Malformed, Problem, ProofNeeded, SignInNeeded
from app.web.arriving import MOST_FIELDS, NO_FORM
from app.web.crowding import LATE
from app.web.edge import LARGEST_BODY
from app.web.idle_polls import IsQuiet
from app.web.limits import NEVER, Limits
from app.web.parking import to_sign_in
from app.web.request import Request
from app.web.unit_of_work import answer, write_later
from app.web.uploads import LARGEST_UPLOAD, is_multipart
from app.web.workers import Threads

Handler = Callable[..., Response[Any]]
AT_ONCE = ("health.alive", "static.show")  # they need neither time nor the database


def get(
    path: str, *, allow: Permission, name: str, poll: bool | IsQuiet = False, limited: bool = False
) -> Callable[[Handler], HTTPRouteHandler]:
    """A page or fragment; it reads only. Public ones answer HEAD too.

    A `poll` asks by itself: it keeps no sign-in alive, and is not `limited` unless that is said.
    Where a function says of one that nothing is new, the handler is not asked.
    """
    methods = [HttpMethod.GET]
    if RULES[allow].for_guests:
        methods.append(HttpMethod.HEAD)
    return _route(path, methods, allow=allow, name=name, write=False, poll=poll, limited=limited)


def post(
    path: str, *, allow: Permission, name: str, slow: bool = False, uploads: bool = False
) -> Callable[[Handler], HTTPRouteHandler]:
    """A deed, in one transaction. `slow` ones (passwords) run where nobody waits behind them.

    `uploads`: its form may carry pictures, found in `request.files` and made anew by then.
    """
    return _route(
        path, [HttpMethod.POST], allow=allow, name=name, write=True, slow=slow, uploads=uploads
    )


def _route(
    path: str,
    methods: list[HttpMethod],
    *,
    allow: Permission,
    name: str,
    write: bool,
    slow: bool = False,
    poll: bool | IsQuiet = False,
    limited: bool = False,
    uploads: bool = False,
) -> Callable[[Handler], HTTPRouteHandler]:
    def decorate(handler: Handler) -> HTTPRouteHandler:
        @wraps(handler)
        async def endpoint(self: Any, request: Request, **values: Any) -> Response[Any]:
            request.permission, request.write, request.slow = allow, write, slow
            await _arrived(request, name, limited=limited or not poll)
            handle = partial(handler, self, request, **values)
            work = partial(_done, request, handle, poll=bool(poll))
            return await _worked(request, name, work)

        opt = {"allow": allow, "uploads": uploads, "poll": poll}
        opt |= {"deed": handler} if write else {}
        # Of what may be sent here at most; the edge has the last word.
        largest = LARGEST_UPLOAD if uploads else LARGEST_BODY
        route = HTTPRouteHandler(
            path, http_method=methods, name=name, opt=opt, status_code=200,
            request_max_body_size=largest,
        )  # fmt: skip
        return route(endpoint)

    return decorate


async def _worked(request: Request, name: str, work: Callable[[], Response[Any]]) -> Response[Any]:
    threads: Threads = request.app.state.threads
    if name in AT_ONCE:
        return work()
    always = name in NEVER
    response = await threads.run(work, write=request.write, slow=request.slow, always=always)
    request.app.state.limits.recognise(request)
    if request.later:
        with suppress(Busy):  # the answer is good without it
            await threads.run(partial(write_later, request), write=True)
    return response


async def _arrived(request: Request, name: str, *, limited: bool) -> None:
    limits: Limits = request.app.state.limits
    over: Problem | None = Busy() if request.scope.get(LATE) else None
    if limited and over is None:
        over = await limits.reached(request.scope, name, write=request.write)
    if request.write:
        if is_multipart(request.scope):
            await request.app.state.uploads.receive(request, welcome=over is None)
        else:
            request.scope["posted"] = fields(await request.body())  # type: ignore[typeddict-unknown-key]
    if over:  # only now, so that what was typed can be shown again
        raise over


def _done(request: Request, handle: Callable[[], Response[Any]], *, poll: bool) -> Response[Any]:
    try:
        response = answer(request, handle)
    except (SignInNeeded, ProofNeeded) as needed:
        return to_sign_in(request, needed)
    if not poll:
        request.keep_sign_in()
    return response


def fields(body: bytes) -> dict[str, list[str]]:
    """A form's fields as they were sent; raises Malformed for what is not a form."""
    try:
        return parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Malformed(NO_FORM) from None
