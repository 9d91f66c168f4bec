"""One request, one transaction: a good answer commits, any other rolls back."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from litestar.response import Response
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.access.enforce import require
from app.access.rules import RULES
from app.errors import Malformed, NotFound, Outdated, Refused, SignInNeeded, TooMany, WrongState
from app.forms.form import KEY, NOT_OFFERED, WHOLE_FORM
from app.security_log import ORIGIN
from app.web import networks, once
from app.web.request import Invalid, Request
from app.web.respond import wants_fragment
from db.models.moves import WrongMove
from db.queries.paging import WrongCursor

Work = Callable[[], Response[Any]]
log = logging.getLogger("skileez")

QUICKER = "Someone was quicker, perhaps you in another tab. Have a look at how it stands now."


class NeverAsked(Exception):
    """A handler whose permission concerns a thing answered without `request.allowed`."""


def answer(request: Request, handle: Work) -> Response[Any]:
    """The handler's answer, stored with everything it wrote, or neither."""
    with ExitStack() as held:
        request.open_session = _opener(request, held)
        response = _attempt(request, handle)
        if (response.status_code or 200) < 400:
            _commit(request)
        else:
            request.later.clear()
    return response


def write_later(request: Request) -> None:
    """What a visit leaves behind, in a transaction of its own.

    The answer is good without it, so that people can read on while nothing can be stored.
    """
    try:
        with request.database.writing() as db:
            for action in request.later:
                action(db)
    except (SQLAlchemyError, OSError) as error:
        log.warning("a visit left no mark", exc_info=error)


def admit(request: Request) -> None:
    """Let in who may come at all; what concerns a thing is asked once it has been found."""
    rule = RULES[request.permission]
    if not rule.for_guests and request.viewer.is_guest:
        raise SignInNeeded  # before anything is looked up: a guest learns nothing of what exists
    if rule.about is None and not rule.for_guests:
        require(request.viewer, request.permission)


def _attempt(request: Request, handle: Work) -> Response[Any]:
    rule = RULES[request.permission]
    admit(request)
    try:
        # Guests' forms need no key, and taking one would hold the writers while a password is
        # hashed.
        if request.posted.get(KEY) and not (rule.for_guests or request.slow):
            response = once.answered(request, partial(_done_as_offered, request, handle))
        else:
            response = _done_as_offered(request, handle)
    except Invalid:
        return _again(request)
    except (Refused, TooMany, Outdated) as refusal:
        return _refused(request, refusal)
    except WrongCursor:
        raise NotFound from None
    except WrongMove as wrong:
        raise WrongState(QUICKER) from wrong
    except IntegrityError as error:
        raise WrongState(QUICKER) from error
    if rule.about is not None and not request.asked:
        raise NeverAsked(request.permission)
    return response


def _done_as_offered(request: Request, handle: Work) -> Response[Any]:
    """The handler's answer; a form without fields that came with some is refused afterwards.

    Whoever reads a form has its fields looked over; of a deed that took none, nobody has.
    """
    response = handle()
    if request.bound is None and request.leads_to and not request.posted.keys() <= {KEY}:
        raise Malformed(NOT_OFFERED)
    return response


def _refused(request: Request, refusal: Refused | TooMany | Outdated) -> Response[Any]:
    # For htmx a limit is a notice; the form stays on the page as it is.
    if request.bound is None or (isinstance(refusal, TooMany) and wants_fragment(request)):
        raise refusal
    if isinstance(refusal, Outdated):
        request.db.rollback()  # how it stands, without what was begun
    request.bound.errors[getattr(refusal, "field", WHOLE_FORM)] = refusal.sentence
    response = _again(request)
    if response.status_code == 422 and not isinstance(refusal, Refused):
        response.status_code = refusal.status
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _again(request: Request) -> Response[Any]:
    assert request.again is not None  # noqa: S101 - set together with what was refused
    assert request.bound is not None  # noqa: S101
    with request.db.no_autoflush:  # what the refused deed began is taken back, never stored
        response = request.again(request.bound)
    if request.restoring:
        return response
    if "HX-Redirect" not in response.headers:  # a page without a living region opens whole
        response.status_code = 422
    return response


def _opener(request: Request, held: ExitStack) -> Callable[[], Session]:
    """A function that opens this request's session once, and closes it with everything held."""
    opened: list[Session] = []

    def open_session() -> Session:
        if not opened:
            if request.write:
                held.enter_context(request.database.write_lock())
            opened.append(held.enter_context(request.database.session(write=request.write)))
            opened[0].info[ORIGIN] = networks.origin(request.scope)
        return opened[0]

    return open_session


def _commit(request: Request) -> None:
    try:
        request.db.commit()
    except IntegrityError as error:
        raise WrongState(QUICKER) from error
