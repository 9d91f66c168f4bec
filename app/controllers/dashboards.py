"""Home: what is waiting, from the side one looks from."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get

STAFF = Page("dashboards/staff")


class Dashboards(Controller):
    """One address; the role view decides what it shows."""

    @get("/dashboard", allow=Permission.VIEW_DASHBOARD, name="dashboards.show")
    def show(self, request: Request) -> Response[str]:
        return dashboard_page(request)


def dashboard_page(request: Request) -> Response[str]:
    return show(request, STAFF)
