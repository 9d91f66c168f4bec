"""Exactly once: the same person and key with the same content gets the first answer again."""

import hashlib
from collections.abc import Callable
from typing import Any

from litestar.response import Response
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.errors import Malformed, WrongState
from app.forms.form import KEY
from app.web.keeping import FORGET
from app.web.request import Request
from app.web.respond import HTML, go, wants_fragment
from db.models.submissions import Submission
from db.queries import submissions

LONGEST_KEY = 64


def answered(request: Request, handle: Callable[[], Response[Any]]) -> Response[Any]:
    """The first answer to this key; `handle` makes it when the key is new.

    The key is taken before anything else is done: whoever sends it a second time, even at once,
    waits here for the first. A refused form takes no key, since its transaction is rolled back.
    """
    [key] = request.posted[KEY] if len(request.posted[KEY]) == 1 else [""]
    if not (key.isascii() and key.isprintable() and 1 <= len(key) <= LONGEST_KEY):
        raise Malformed("This form has lost its key. Open the page again and send it once more.")
    digest = _digest(request)
    submission = Submission(
        account_id=request.viewer.id, key=key, digest=digest, status=0, created_at=now()
    )
    try:
        with request.db.begin_nested():
            request.db.add(submission)
    except IntegrityError:
        earlier = submissions.of_key(request.db, request.viewer.id, key)
        if earlier.digest != digest:
            raise WrongState(
                "This form was already sent with other words. Open the page again to send these."
            ) from None
        return _repeated(request, earlier)
    response = handle()
    if not request.leads_to:  # nothing was done yet (a total was shown): the key stays unused
        request.db.delete(submission)
        return response
    submission.status = response.status_code or 200
    submission.location = request.leads_to
    submission.body = response.content if wants_fragment(request) else None
    return response


def _repeated(request: Request, earlier: Submission) -> Response[Any]:
    request.asked = True  # the first answer was given to the same person, after asking
    if wants_fragment(request) and earlier.body:
        return Response(earlier.body, status_code=earlier.status, media_type=HTML, headers=FORGET)
    return go(request, earlier.location or "/dashboard")


def _digest(request: Request) -> bytes:
    parts = [request.scope["path"]]
    for name, values in sorted(request.posted.items()):
        if name != KEY:
            parts += [name, *values, "\0"]
    for name, sent in sorted(request.files.items()):
        parts += [name, hashlib.sha256(sent.content).hexdigest()]
    return hashlib.sha256("\0".join(parts).encode()).digest()
