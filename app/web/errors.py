"""Errors → page, fragment or sign-in. Their pages need no database: it may be what is gone."""

import logging
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateError
from litestar.exceptions import HTTPException
from litestar.response import Response
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import Busy, Outdated, Problem, TooLarge
from app.forms.form import KEY
from app.jinja import draw
from app.logs import fields
from app.web.keeping import FORGET
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import HTML, SEEN, go, wants_fragment
from app.web.sign_in import cookie_of

log = logging.getLogger("skileez")

TITLES = {
    400: ("We could not read that", "The address or the form is not as our pages send it."),
    404: ("There is nothing here", "The page may have moved, or it is not yours to see."),
    405: ("That cannot be done here", "Go back to the page you came from and use its buttons."),
    413: (TooLarge.title, TooLarge().sentence),
    415: ("We could not read that", "Forms are sent from our own pages."),
    431: ("That is too much at once", "Your browser sent too much. Clear this site's cookies."),
    500: (
        "Something broke on our side",
        "Nothing was changed. Try again; if it stays, tell us this number:",
    ),
    503: ("Skileez is not ready just now", "Nothing is lost. Try again in a few seconds."),
}
# What nobody wrote, and what must not be shown.
NOT_KEPT = (
    *(KEY, "password", "email", "action", "version", "next", "page", "words"),
    *("offer", "owed", "draft", "request", "written"),
)
KEPT_WITH = (400, 403, 404, 409, 429, 503)


def on_problem(request: Request, problem: Problem) -> Response[Any]:
    """What an action, a rule or a handler said."""
    headers = {"Connection": "close"} if isinstance(problem, TooLarge) else {}
    kept = _typed(request) if problem.status in KEPT_WITH else {}
    if isinstance(problem, Outdated) and wants_fragment(request) and not kept:
        to = came_from(request, otherwise=problem.to)
        response = go(request, to, say=problem.sentence, in_place=True)
        response.status_code = problem.status
        return response
    seconds = getattr(problem, "seconds", None)
    if seconds is not None:
        headers["Retry-After"] = str(seconds)
    return error_answer(
        request,
        problem.status,
        problem.title,
        problem.sentence,
        to=problem.to,
        kept=kept,
        headers=headers,
    )


def on_http(request: Request, error: HTTPException) -> Response[Any]:
    """What Litestar itself refused: unknown addresses, other methods, odd parameters."""
    status = error.status_code if error.status_code in TITLES else 400
    said = {name: value for name, value in (error.headers or {}).items() if name == "allow"}
    return error_answer(request, status, *TITLES[status], headers=said)


def on_anything(request: Request, error: Exception) -> Response[Any]:
    """A fault of ours, or a database that is gone."""
    number = request.scope.get("request_id")
    log.error("request %s failed", number, exc_info=error, extra=fields(request=number))
    if _passes(error):
        return on_problem(request, Busy())
    title, sentence = TITLES[500]
    return error_answer(request, 500, title, f"{sentence} {number}.")


def _passes(error: Exception) -> bool:
    """Whether the machine or the database is at fault, and not we: a full disk, a lost line."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    outside = isinstance(error, (OperationalError, PoolTimeout, OSError))
    return outside and not isinstance(error, TemplateError)


def error_answer(
    request: Request,
    status: int,
    title: str,
    sentence: str,
    *,
    to: str = "",
    kept: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[Any]:
    """The page, or for htmx the fragment that goes where notices go, never into a card."""
    known = cookie_of(request.scope, SEEN) == "1"
    context: dict[str, Any] = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "to": to,
        "kept": kept or {},
        "back": came_from(request, otherwise="") if request.method == "POST" else "",
        "request_id": request.scope.get("request_id", ""),
        "first_visit": not known,
        "lite": known,  # whose data is saved is not known here, and no font is needed to read this
    }
    if wants_fragment(request):
        body = draw("partials/ui/problem.swaps.html", context, inline=False)
    else:
        body = draw("templates/errors/error.html", context, inline=not known)
    return Response(
        body, status_code=status, media_type=HTML, headers={**FORGET, **(headers or {})}
    )


def _typed(request: Request) -> dict[str, str]:
    """What the person had written, so that it is not lost: label → text."""
    return {
        name.replace("_", " ").capitalize(): "\n".join(values)
        for name, values in request.posted.items()
        if name not in NOT_KEPT and any(values)
    }


HANDLERS: dict[Any, Any] = {
    Problem: on_problem,
    HTTPException: on_http,
    Exception: on_anything,
}
