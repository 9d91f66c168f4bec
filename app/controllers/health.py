"""For the machines that watch: alive, and able to serve."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.web.request import Request
from app.web.routes import get
from db.queries.health import answers


class Health(Controller):
    """Plain text, no session, no cookie."""

    @get("/healthz", allow=Permission.VIEW_PUBLIC_PAGE, name="health.alive")
    def alive(self, request: Request) -> Response[str]:
        return Response("ok\n", media_type="text/plain")

    @get("/readyz", allow=Permission.VIEW_PUBLIC_PAGE, name="health.ready")
    def ready(self, request: Request) -> Response[str]:
        answers(request.db)
        return Response("ready\n", media_type="text/plain")
