"""What was being sent when the sign-in had run out: parked, and found again after signing in."""

import re
import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from litestar.datastructures import Cookie
from litestar.response import Response
from sqlalchemy.exc import SQLAlchemyError

from app.access.permissions import Permission
from app.clock import now
from app.errors import ProofNeeded, SignInNeeded
from app.forms.form import KEY
from app.tokens import TOKEN, hashed
from app.web.request import Request
from app.web.respond import came_from, go, is_ours, wants_fragment
from app.web.sign_in import cookie_of, token_of
from app.web.unit_of_work import admit
from db.models.parked_forms import ParkedForm
from db.queries import parked_forms, sign_ins

COOKIE = "__Host-parked"
PAGE = "/parked-form"
KEPT_FOR = timedelta(hours=1)
NEVER_KEPT = ("password",)
# What a form says besides what was typed into it.
NOT_TYPED = (KEY, "action", "next", "version")


class Deed(msgspec.Struct, frozen=True):
    """What a POST route does, found by the address it is sent to."""

    address: re.Pattern[str]
    permission: Permission
    handle: Callable[..., Response[Any]]


def deeds(routes: Iterable[Any]) -> tuple[Deed, ...]:
    """The POST routes of the site."""
    return tuple(
        Deed(
            re.compile(re.sub(r"\{(\w+):str\}", r"(?P<\1>[^/]+)", route.path)),
            handler.opt["allow"],
            handler.opt["deed"],
        )
        for route in routes
        for handler in getattr(route, "route_handlers", ())
        if "deed" in handler.opt
    )


def to_sign_in(request: Request, needed: SignInNeeded | ProofNeeded) -> Response[Any]:
    """The way to the password; what was being sent is parked, and waits behind it."""
    door = "/sign-in/again" if isinstance(needed, ProofNeeded) else "/sign-in"
    if request.write and is_ours(request.scope["path"]) and _typed(request):
        token = _park(request)
        response = go(request, f"{door}?next={PAGE}")
        response.cookies.append(_cookie(token))
        return response
    query = request.scope["query_string"].decode("latin-1")
    here = request.scope["path"] + (f"?{query}" if query else "")
    asks = request.method in ("GET", "HEAD") and not wants_fragment(request)
    to = f"{door}?next={quote(here if asks else came_from(request), safe='/')}"
    return go(request, to if is_ours(to) else door)


def parked(request: Request) -> ParkedForm | None:
    """What this browser parked, if it was this person's or nobody knows whose."""
    token = cookie_of(request.scope, COOKIE)
    if not TOKEN.fullmatch(token):
        return None
    form = parked_forms.of_token(request.db, hashed(token), since=now() - KEPT_FOR)
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
    request.restoring = True
    request.scope["path"] = form.path
    request.scope["posted"] = form.fields  # type: ignore[typeddict-unknown-key]
    admit(request)
    # What has no form is not done either: a session that only reads refuses it.
    try:
        deed.handle(None, request, **parts)
    except SQLAlchemyError:
        request.db.rollback()
    request.says.clear()
    return go(request, form.page)


def _deed_at(request: Request, path: str) -> tuple[Deed, dict[str, str]]:
    every: tuple[Deed, ...] = request.app.state.deeds
    found = ((deed, deed.address.fullmatch(path)) for deed in every)
    return next((deed, match.groupdict()) for deed, match in found if match)


def _typed(request: Request) -> dict[str, list[str]]:
    return {
        name: values
        for name, values in _storable(request).items()
        if name not in NOT_TYPED and any(values)
    }


def _storable(request: Request) -> dict[str, list[str]]:
    """All but passwords; PostgreSQL keeps no NUL, which nobody can type."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in request.posted.items()
        if name not in NEVER_KEPT
    }


def _park(request: Request) -> str:
    token, before = secrets.token_urlsafe(32), cookie_of(request.scope, COOKIE)
    with request.database.writing() as db:
        if TOKEN.fullmatch(before):
            parked_forms.forget(db, hashed(before))
        db.add(
            ParkedForm(
                token_hash=hashed(token),
                account_id=_owner(request, db),
                path=request.scope["path"],
                page=came_from(request),
                fields=_storable(request),
                created_at=now(),
            )
        )
    return token


def _owner(request: Request, db: Any) -> int | None:
    """Whose form it is: a sign-in that has run out still says, one that was ended does not."""
    token = token_of(request.scope)
    sign_in = sign_ins.by_token(db, hashed(token)) if token else None
    return sign_in.account_id if sign_in else None


def _cookie(token: str) -> Cookie:
    return Cookie(
        COOKIE,
        value=token,
        max_age=int(KEPT_FOR.total_seconds()),
        secure=True,
        httponly=True,
        samesite="lax",
    )
