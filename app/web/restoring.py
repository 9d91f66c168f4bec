"""What was parked, shown again on the page it was written on."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from litestar.response import Response
from sqlalchemy.exc import DBAPIError

from app.access.permissions import Permission
from app.clock import now
from app.tokens import hashed
from app.web.pages import PARKED
from app.web.parking import COOKIE, KEPT_FOR
from app.web.request import Request
from app.web.respond import go
from app.web.sign_in import token_of
from app.web.things import plain_id
from app.web.unit_of_work import admit
from db.models.parked_forms import ParkedForm
from db.queries import parked_forms


class Deed(msgspec.Struct, frozen=True):
    """What a POST route does, found by the address it is sent to."""

    address: re.Pattern[str]
    permission: Permission
    handle: Callable[..., Response[Any]]


def deeds(routes: Iterable[Any]) -> tuple[Deed, ...]:
    """The POST routes of the site; where a word is meant, it comes before what takes any."""

    def takes_any(route: Any) -> list[bool]:
        return [part.startswith("{") for part in route.path.split("/")]

    return tuple(
        Deed(
            re.compile(re.sub(r"\{(\w+):str\}", r"(?P<\1>[^/]+)", route.path)),
            handler.opt["allow"],
            handler.opt["deed"],
        )
        for route in sorted(routes, key=takes_any)
        for handler in getattr(route, "route_handlers", ())
        if "deed" in handler.opt
    )


def parked(request: Request) -> ParkedForm | None:
    """What this browser parked, if it was this person's or nobody knows whose.

    Several tabs may have parked a form each: `?form=7` is one of them, without it the newest.
    """
    token, asked = token_of(request.scope, COOKIE), request.query("form")
    if not token:
        return None
    number = plain_id(asked) if asked else None
    form = parked_forms.of_token(request.db, hashed(token), number, since=now() - KEPT_FOR)
    if form is None or form.account_id not in (None, request.viewer.id):
        return None
    return form


def restored(request: Request, form: ParkedForm) -> Response[Any]:
    """The page that the parked form's route shows when a form comes back, with nothing done.

    The route's own handler finds the page: it is asked again, with rights as they are now, and
    never gets further than reading its form (see Request.filled).
    """
    deed, parts = _deed_at(request, form.path)
    request.permission = deed.permission
    request.restoring = f"{PARKED}?form={form.id}"
    request.scope["path"] = form.path
    request.scope["posted"] = form.fields  # type: ignore[typeddict-unknown-key]
    admit(request)
    # What has no form is not done either: a session that only reads refuses it.
    try:
        deed.handle(None, request, **parts)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        request.db.rollback()
    request.says.clear()
    return go(request, form.page)


def _deed_at(request: Request, path: str) -> tuple[Deed, dict[str, str]]:
    every: tuple[Deed, ...] = request.app.state.deeds
    found = ((deed, deed.address.fullmatch(path)) for deed in every)
    return next((deed, match.groupdict()) for deed, match in found if match)
