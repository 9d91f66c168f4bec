"""Cookie ↔ sign-in row ↔ viewer, and the cookie by which a browser is known again."""

from datetime import timedelta
from typing import Any

from litestar.datastructures import Cookie
from sqlalchemy.orm import Session

from app.clock import now
from app.security_log import write
from app.tokens import TOKEN, hashed
from app.web import networks
from db.models.sign_ins import SignIn
from db.queries import devices, viewers
from db.queries.viewers import GUEST, Viewer

SESSION = "__Host-session"
DEVICE = "__Host-device"
NO_TIME = timedelta(0)


def cookie_of(scope: Any, name: str) -> str:
    """The cookie of exactly this name, read byte by byte; "" when absent or sent twice."""
    found = _cookies(scope, name)
    return found[0] if len(found) == 1 else ""


def token_of(scope: Any, name: str = SESSION) -> str:
    """The token that came with the request in this cookie, if it looks like one."""
    token = cookie_of(scope, name)
    return token if TOKEN.fullmatch(token) else ""


def noted_token(scope: Any, name: str = SESSION) -> str:
    """The same; a cookie as no browser keeps it for us, twice or without a token, is logged."""
    token = token_of(scope, name)
    if not token and _cookies(scope, name):
        write("cookie.refused", networks.origin(scope), cookie=name)
    return token


def _cookies(scope: Any, name: str) -> list[str]:
    # Litestar's parser is generous with spaces and quotes, which lets a planted cookie pose as a
    # `__Host-` one.
    wanted = name.encode() + b"="
    return [
        pair[len(wanted) :].decode("latin-1")
        for key, value in scope["headers"]
        if key == b"cookie"
        for pair in value.split(b"; ")
        if pair.startswith(wanted)
    ]


def viewer_of(db: Session, token: str) -> Viewer:
    """Who holds this token; the guest for none, an unknown or an outlived one."""
    return viewers.signed_in(db, hashed(token), at=now()) if token else GUEST


def note_seen(db: Session, sign_in_id: int) -> None:
    """Keep a sign-in from going idle; one that ended meanwhile stays ended."""
    sign_in = db.get(SignIn, sign_in_id)
    if sign_in is not None:
        sign_in.seen_at = now()


def session_cookie(token: str, *, remember: bool) -> Cookie:
    """The cookie for a new sign-in; without `remember` it ends with the browser."""
    return host_cookie(SESSION, token, viewers.LONGEST_REMEMBERED if remember else None)


def no_session_cookie() -> Cookie:
    """The cookie that removes the sign-in from the browser."""
    return host_cookie(SESSION, "", NO_TIME)


def device_cookie(token: str) -> Cookie:
    """The cookie that stays when the sign-in ends; it grants nothing."""
    return host_cookie(DEVICE, token, devices.KEPT)


def host_cookie(name: str, value: str, lives: timedelta | None) -> Cookie:
    """A cookie that only this host gets, that no script reads and no other site sends.

    It lives so long, or until the browser closes.
    """
    seconds = None if lives is None else int(lives.total_seconds())
    return Cookie(name, value=value, max_age=seconds, secure=True, httponly=True, samesite="lax")
