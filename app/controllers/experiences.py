"""Where a coach has worked: an ordered list, changed in place."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.experiences import EXPERIENCES, add_experience
from app.actions.list_items import (
    change_entry,
    is_stale,
    move_entry,
    remove_entry,
    restore_entry,
)
from app.controllers.list_items import ListPages, added, edit_page, list_page, listed, new_page
from app.forms.experiences import ExperienceForm
from app.web.request import Request
from app.web.respond import Page
from app.web.routes import get, post
from db.models.experiences import Experience

PAGES = ListPages(
    listing=EXPERIENCES,
    called="experiences",
    index=Page("experiences/index", part="experiences/list"),
    new=Page("experiences/index", part="experiences/new"),
    added="experiences/added.swaps",
    region="experience-list",
)


class Experiences(Controller):
    """A coach's own list, and what is done to its entries."""

    path = EXPERIENCES.address

    @get("/", allow=Permission.LIST_EXPERIENCES, name="experiences.index")
    def index(self, request: Request) -> Response[str]:
        return list_page(request, PAGES, PAGES.index)

    @post("/", allow=Permission.LIST_EXPERIENCES, name="experiences.create")
    def create(self, request: Request) -> Response[str]:
        form = request.filled(ExperienceForm, again=partial(new_page, request, PAGES))
        entry = add_experience(request.db, request.viewer.id, form, by=request.viewer)
        return added(request, PAGES, entry)

    @get("/{experience_id:str}", allow=Permission.CHANGE_EXPERIENCE, name="experiences.edit")
    def edit(self, request: Request, experience_id: FromPath[str]) -> Response[str]:
        return edit_page(request, PAGES, request.allowed(Experience, experience_id))

    @post("/{experience_id:str}", allow=Permission.CHANGE_EXPERIENCE, name="experiences.update")
    def update(self, request: Request, experience_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Experience, experience_id)
        form = request.filled(ExperienceForm, again=partial(edit_page, request, PAGES, entry))
        if is_stale(EXPERIENCES, entry, form):
            return edit_page(request, PAGES, entry, late=True)
        written = EXPERIENCES.written(form)
        change_entry(request.db, EXPERIENCES, entry, written, by=request.viewer)
        return listed(request, PAGES, entry)

    @post("/{experience_id:str}/up", allow=Permission.CHANGE_EXPERIENCE, name="experiences.move_up")
    def move_up(self, request: Request, experience_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Experience, experience_id)
        move_entry(request.db, EXPERIENCES, entry, "up", by=request.viewer)
        return listed(request, PAGES, entry, button="up")

    @post(
        "/{experience_id:str}/down",
        allow=Permission.CHANGE_EXPERIENCE,
        name="experiences.move_down",
    )
    def move_down(self, request: Request, experience_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Experience, experience_id)
        move_entry(request.db, EXPERIENCES, entry, "down", by=request.viewer)
        return listed(request, PAGES, entry, button="down")

    @post(
        "/{experience_id:str}/remove", allow=Permission.CHANGE_EXPERIENCE, name="experiences.remove"
    )
    def remove(self, request: Request, experience_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Experience, experience_id)
        remove_entry(request.db, EXPERIENCES, entry, by=request.viewer)
        return listed(request, PAGES, entry)

    @post(
        "/{experience_id:str}/restore",
        allow=Permission.CHANGE_EXPERIENCE,
        name="experiences.restore",
    )
    def restore(self, request: Request, experience_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Experience, experience_id)
        restore_entry(request.db, EXPERIENCES, entry, by=request.viewer)
        return listed(request, PAGES, entry)
