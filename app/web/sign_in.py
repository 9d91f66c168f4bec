"""Cookie ↔ sign-in row ↔ viewer."""

import hashlib
import re
from typing import Any

from litestar.datastructures import Cookie
from sqlalchemy.orm import Session

from app.clock import now
from db.models.sign_ins import SignIn
from db.queries import viewers
from db.queries.viewers import GUEST, Viewer

SESSION = "__Host-session"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
REMEMBERED_SECONDS = 30 * 24 * 60 * 60


def cookie_of(scope: Any, name: str) -> str:
    """The cookie of exactly this name, read byte by byte; "" when absent or sent twice.

    Litestar's parser is generous with spaces and quotes, which lets a planted cookie pose as a
    `__Host-` one.
    """
    wanted = name.encode() + b"="
    found = [
        pair[len(wanted) :]
        for key, value in scope["headers"]
        if key == b"cookie"
        for pair in value.split(b"; ")
        if pair.startswith(wanted)
    ]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def token_of(scope: Any) -> str:
    """The sign-in token that came with the request, if it looks like one."""
    token = cookie_of(scope, SESSION)
    return token if TOKEN.fullmatch(token) else ""


def viewer_of(db: Session, token: str) -> Viewer:
    """Who holds this token; the guest for none, an unknown or an outlived one."""
    return viewers.signed_in(db, hashed(token), at=now()) if token else GUEST


def note_seen(db: Session, sign_in_id: int) -> None:
    """Keep a sign-in from going idle; one that ended meanwhile stays ended."""
    sign_in = db.get(SignIn, sign_in_id)
    if sign_in is not None:
        sign_in.seen_at = now()


def hashed(token: str) -> bytes:
    """What the database keeps of a token: SHA-256, so that a copy of it signs nobody in."""
    return hashlib.sha256(token.encode("ascii")).digest()


def session_cookie(token: str, *, remember: bool) -> Cookie:
    """The cookie for a new sign-in; without `remember` it ends with the browser."""
    return Cookie(
        SESSION,
        value=token,
        max_age=REMEMBERED_SECONDS if remember else None,
        secure=True,
        httponly=True,
        samesite="lax",
    )


def no_session_cookie() -> Cookie:
    """The cookie that removes the sign-in from the browser."""
    return Cookie(SESSION, value="", max_age=0, secure=True, httponly=True, samesite="lax")
