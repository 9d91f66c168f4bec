"""The secret of a mail's link, on its way from the address into a form.

Opening a link does nothing (mail scanners open links too): the secret moves into a cookie for a
while, out of the address bar, the history and what other pages could be told.
"""

from litestar.datastructures import Cookie
from litestar.response import Response

from app.errors import NotFound
from app.tokens import TOKEN
from app.web.request import Request
from app.web.respond import go
from app.web.sign_in import cookie_of

FLOW = "__Host-flow"
SECONDS = 30 * 60


def opened(request: Request, secret: str, to: str) -> Response[str]:
    """Carry the secret to the page that asks what to do with it."""
    if not TOKEN.fullmatch(secret):
        raise NotFound
    response = go(request, to)
    response.cookies.append(_cookie(secret, SECONDS))
    return response


def secret_of(request: Request) -> str:
    """The secret this browser carries, or ""."""
    secret = cookie_of(request.scope, FLOW)
    return secret if TOKEN.fullmatch(secret) else ""


def ended(response: Response[str]) -> Response[str]:
    """The answer, taking the secret out of the browser."""
    response.cookies.append(_cookie("", 0))
    return response


def _cookie(value: str, seconds: int) -> Cookie:
    return Cookie(FLOW, value=value, max_age=seconds, secure=True, httponly=True, samesite="lax")
