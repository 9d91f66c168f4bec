"""The readable names of coaches' pages: chosen by the coach, and followed from old to new."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_coaches
from app.actions.handles import change_handle
from app.errors import NotFound
from app.forms.form import Bound, blank
from app.forms.handles import HandleForm, is_handle, stored_handle
from app.forms.versions import version_of
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.models.profiles import CoachProfile
from db.queries import handles

EDITED = "/profile/coach"
EDIT = Page("handles/edit", part="handles/form")


class Handles(Controller):
    """A section of a coach's own profile."""

    path = "/profile/coach/address"

    @get("/", allow=Permission.CHANGE_HANDLE, name="handles.edit")
    def edit(self, request: Request) -> Response[str]:
        stored = stored_handle(handles.of_coach(request.db, request.viewer.id))
        return address_page(request, blank(HandleForm, stored | {"version": version_of(stored)}))

    @post("/", allow=Permission.CHANGE_HANDLE, name="handles.update")
    def update(self, request: Request) -> Response[str]:
        form = request.filled(HandleForm, again=partial(address_page, request))
        coach = change_handle(request.db, form, by=request.viewer)
        say = f"Your page is at /coaches/{coach.handle}."
        return done(request, "coach_profiles/address", to=EDITED, say=say, coach=coach)


def address_page(request: Request, form: Bound[Any]) -> Response[str]:
    """The form; what is typed is the end of an address."""
    return show(request, EDIT, form=form)


def coach_called(request: Request, handle: str) -> CoachProfile:
    """The coach whose page has this name, or had it once, as `request.allowed` finds things."""
    try:
        return request.allowed_by(CoachProfile, handle=handle)
    except NotFound:
        if not is_handle(handle):
            raise
    visible = visible_coaches(request.viewer)
    return request.allowed_by(
        CoachProfile, handle=handles.now_called(request.db, handle, visible) or handle
    )


def moved(request: Request, to: str) -> Response[str]:
    """For good, from a name the page once had; not kept, since the coach can take it back."""
    response = go(request, to)
    if response.status_code == 303:
        response.status_code = 301
    return response
