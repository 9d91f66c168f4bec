"""What the worker (app/static/js/worker.js) shows without a connection, when no page is kept."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get

SHOW = Page("offline/show", same_for_guests=True)


class Offline(Controller):
    """Kept on the device ahead of time, so it is the same for everybody."""

    @get("/offline", allow=Permission.VIEW_PUBLIC_PAGE, name="offline.show")
    def show(self, request: Request) -> Response[str]:
        return show(request, SHOW)
