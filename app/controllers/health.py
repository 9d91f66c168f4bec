"""For the machines that watch: alive, and able to serve."""

import logging
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.errors import Busy, Problem
from app.logs import fields
from app.web.request import Request
from app.web.routes import get
from db.queries.health import answers

log = logging.getLogger("skileez")


def not_ready(request: Request, error: Exception) -> Response[str]:
    """One word for the machine that asks, and a line in the log without the way there."""
    number = request.scope.get("request_id")
    log.warning("not ready: %s", type(error).__name__, extra=fields(request=number))
    headers = {"Cache-Control": "no-store", "Retry-After": str(Busy.seconds)}
    return _said("not ready", status_code=503, headers=headers)


class Health(Controller):
    """Plain text in every state, no session, no cookie."""

    exception_handlers: Any = {Problem: not_ready, Exception: not_ready}  # noqa: RUF012

    @get("/healthz", allow=Permission.VIEW_PUBLIC_PAGE, name="health.alive")
    def alive(self, request: Request) -> Response[str]:
        return _said("ok")

    @get("/readyz", allow=Permission.VIEW_PUBLIC_PAGE, name="health.ready")
    def ready(self, request: Request) -> Response[str]:
        answers(request.db)
        return _said("ready")


def _said(word: str, **more: Any) -> Response[str]:
    return Response(f"{word}\n", media_type="text/plain", **more)
