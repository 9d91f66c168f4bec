"""Forms that were sent after the sign-in had run out, as they were left."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.web.request import Request
from app.web.respond import Page, show
from app.web.restoring import parked, restored
from app.web.routes import get

NONE = Page("parked_forms/show")


class ParkedForms(Controller):
    """The page the form stood on, filled in again; nothing has been sent."""

    @get("/parked-form", allow=Permission.VIEW_PARKED_FORM, name="parked_forms.show")
    def show(self, request: Request) -> Response[str]:
        form = parked(request)
        return restored(request, form) if form else show(request, NONE)
