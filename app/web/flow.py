"""The secret of a mail's link, on its way from the address into a form.

Opening a link does nothing (mail scanners open links too): the secret moves into a cookie for a
while, out of the address bar, the history and what other pages could be told.
"""

from datetime import timedelta

from litestar.response import Response

from app.errors import NotFound
from app.tokens import TOKEN
from app.web.request import Request
from app.web.respond import go
from app.web.sign_in import NO_TIME, host_cookie, token_of

FLOW = "__Host-flow"
LIVES = timedelta(minutes=30)


def opened(request: Request, secret: str, to: str) -> Response[str]:
    """Carry the secret to the page that asks what to do with it."""
    if not TOKEN.fullmatch(secret):
        raise NotFound
    response = go(request, to)
    response.cookies.append(host_cookie(FLOW, secret, LIVES))
    return response


def secret_of(request: Request) -> str:
    """The secret this browser carries, or ""."""
    return token_of(request.scope, FLOW)


def ended(response: Response[str]) -> Response[str]:
    """The answer, taking the secret out of the browser."""
    response.cookies.append(host_cookie(FLOW, "", NO_TIME))
    return response
