"""Where a coach has learned: an ordered list, changed in place."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.educations import EDUCATIONS, add_education
from app.actions.list_items import (
    change_entry,
    is_stale,
    move_entry,
    remove_entry,
    restore_entry,
)
from app.controllers.list_items import ListPages, added, edit_page, list_page, listed, new_page
from app.forms.educations import EducationForm
from app.web.request import Request
from app.web.respond import Page
from app.web.routes import get, post
from db.models.educations import Education

PAGES = ListPages(
    listing=EDUCATIONS,
    called="educations",
    index=Page("educations/index", part="educations/list"),
    new=Page("educations/index", part="educations/new"),
    added="educations/added.swaps",
    region="education-list",
)


class Educations(Controller):
    """A coach's own list, and what is done to its entries."""

    path = EDUCATIONS.address

    @get("/", allow=Permission.LIST_EDUCATIONS, name="educations.index")
    def index(self, request: Request) -> Response[str]:
        return list_page(request, PAGES, PAGES.index)

    @post("/", allow=Permission.LIST_EDUCATIONS, name="educations.create")
    def create(self, request: Request) -> Response[str]:
        form = request.filled(EducationForm, again=partial(new_page, request, PAGES))
        entry = add_education(request.db, request.viewer.id, form, by=request.viewer)
        return added(request, PAGES, entry)

    @get("/{education_id:str}", allow=Permission.CHANGE_EDUCATION, name="educations.edit")
    def edit(self, request: Request, education_id: FromPath[str]) -> Response[str]:
        return edit_page(request, PAGES, request.allowed(Education, education_id))

    @post("/{education_id:str}", allow=Permission.CHANGE_EDUCATION, name="educations.update")
    def update(self, request: Request, education_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Education, education_id)
        form = request.filled(EducationForm, again=partial(edit_page, request, PAGES, entry))
        if is_stale(EDUCATIONS, entry, form):
            return edit_page(request, PAGES, entry, late=True)
        written = EDUCATIONS.written(form)
        change_entry(request.db, EDUCATIONS, entry, written, by=request.viewer)
        return listed(request, PAGES, entry)

    @post("/{education_id:str}/up", allow=Permission.CHANGE_EDUCATION, name="educations.move_up")
    def move_up(self, request: Request, education_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Education, education_id)
        move_entry(request.db, EDUCATIONS, entry, "up", by=request.viewer)
        return listed(request, PAGES, entry, button="up")

    @post(
        "/{education_id:str}/down",
        allow=Permission.CHANGE_EDUCATION,
        name="educations.move_down",
    )
    def move_down(self, request: Request, education_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Education, education_id)
        move_entry(request.db, EDUCATIONS, entry, "down", by=request.viewer)
        return listed(request, PAGES, entry, button="down")

    @post("/{education_id:str}/remove", allow=Permission.CHANGE_EDUCATION, name="educations.remove")
    def remove(self, request: Request, education_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Education, education_id)
        remove_entry(request.db, EDUCATIONS, entry, by=request.viewer)
        return listed(request, PAGES, entry)

    @post(
        "/{education_id:str}/restore",
        allow=Permission.CHANGE_EDUCATION,
        name="educations.restore",
    )
    def restore(self, request: Request, education_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(Education, education_id)
        restore_entry(request.db, EDUCATIONS, entry, by=request.viewer)
        return listed(request, PAGES, entry)
