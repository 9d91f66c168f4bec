"""The languages of a coach, and those of a student: two lists, each changed in place."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.languages import (
    COACH_LANGUAGES,
    STUDENT_LANGUAGES,
    add_coach_language,
    add_student_language,
    change_language,
)
from app.actions.list_items import is_stale, move_entry, remove_entry, restore_entry
from app.controllers.list_items import ListPages, added, edit_page, list_page, listed, new_page
from app.forms.languages import OFFERED, LanguageForm
from app.web.request import Request
from app.web.respond import Page
from app.web.routes import get, post
from db.models.languages import CoachLanguage, StudentLanguage

INDEX = Page("languages/index", part="languages/list")
NEW = Page("languages/index", part="languages/new")
COACH_PAGES, STUDENT_PAGES = (
    ListPages(
        listing=listing,
        called="languages",
        index=INDEX,
        new=NEW,
        added="languages/added.swaps",
        region="language-list",
        more={"offered": OFFERED, "languages_at": listing.address},
    )
    for listing in (COACH_LANGUAGES, STUDENT_LANGUAGES)
)


class CoachLanguages(Controller):
    """What a coach teaches in, and what is done to the entries."""

    path = COACH_LANGUAGES.address

    @get("/", allow=Permission.LIST_COACH_LANGUAGES, name="coach_languages.index")
    def index(self, request: Request) -> Response[str]:
        return list_page(request, COACH_PAGES, COACH_PAGES.index)

    @post("/", allow=Permission.LIST_COACH_LANGUAGES, name="coach_languages.create")
    def create(self, request: Request) -> Response[str]:
        form = request.filled(LanguageForm, again=partial(new_page, request, COACH_PAGES))
        entry = add_coach_language(request.db, request.viewer.id, form, by=request.viewer)
        return added(request, COACH_PAGES, entry)

    @get("/{language_id:str}", allow=Permission.CHANGE_COACH_LANGUAGE, name="coach_languages.edit")
    def edit(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        return edit_page(request, COACH_PAGES, request.allowed(CoachLanguage, language_id))

    @post(
        "/{language_id:str}", allow=Permission.CHANGE_COACH_LANGUAGE, name="coach_languages.update"
    )
    def update(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(CoachLanguage, language_id)
        form = request.filled(LanguageForm, again=partial(edit_page, request, COACH_PAGES, entry))
        if is_stale(COACH_LANGUAGES, entry, form):
            return edit_page(request, COACH_PAGES, entry, late=True)
        change_language(request.db, COACH_LANGUAGES, entry, form, by=request.viewer)
        return listed(request, COACH_PAGES, entry)

    @post(
        "/{language_id:str}/up",
        allow=Permission.CHANGE_COACH_LANGUAGE,
        name="coach_languages.move_up",
    )
    def move_up(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(CoachLanguage, language_id)
        move_entry(request.db, COACH_LANGUAGES, entry, "up", by=request.viewer)
        return listed(request, COACH_PAGES, entry, button="up")

    @post(
        "/{language_id:str}/down",
        allow=Permission.CHANGE_COACH_LANGUAGE,
        name="coach_languages.move_down",
    )
    def move_down(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(CoachLanguage, language_id)
        move_entry(request.db, COACH_LANGUAGES, entry, "down", by=request.viewer)
        return listed(request, COACH_PAGES, entry, button="down")

    @post(
        "/{language_id:str}/remove",
        allow=Permission.CHANGE_COACH_LANGUAGE,
        name="coach_languages.remove",
    )
    def remove(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(CoachLanguage, language_id)
        remove_entry(request.db, COACH_LANGUAGES, entry, by=request.viewer)
        return listed(request, COACH_PAGES, entry)

    @post(
        "/{language_id:str}/restore",
        allow=Permission.CHANGE_COACH_LANGUAGE,
        name="coach_languages.restore",
    )
    def restore(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(CoachLanguage, language_id)
        restore_entry(request.db, COACH_LANGUAGES, entry, by=request.viewer)
        return listed(request, COACH_PAGES, entry)


class StudentLanguages(Controller):
    """What a student speaks, and what is done to the entries."""

    path = STUDENT_LANGUAGES.address

    @get("/", allow=Permission.LIST_STUDENT_LANGUAGES, name="student_languages.index")
    def index(self, request: Request) -> Response[str]:
        return list_page(request, STUDENT_PAGES, STUDENT_PAGES.index)

    @post("/", allow=Permission.LIST_STUDENT_LANGUAGES, name="student_languages.create")
    def create(self, request: Request) -> Response[str]:
        form = request.filled(LanguageForm, again=partial(new_page, request, STUDENT_PAGES))
        entry = add_student_language(request.db, request.viewer.id, form, by=request.viewer)
        return added(request, STUDENT_PAGES, entry)

    @get(
        "/{language_id:str}",
        allow=Permission.CHANGE_STUDENT_LANGUAGE,
        name="student_languages.edit",
    )
    def edit(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        return edit_page(request, STUDENT_PAGES, request.allowed(StudentLanguage, language_id))

    @post(
        "/{language_id:str}",
        allow=Permission.CHANGE_STUDENT_LANGUAGE,
        name="student_languages.update",
    )
    def update(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(StudentLanguage, language_id)
        form = request.filled(LanguageForm, again=partial(edit_page, request, STUDENT_PAGES, entry))
        if is_stale(STUDENT_LANGUAGES, entry, form):
            return edit_page(request, STUDENT_PAGES, entry, late=True)
        change_language(request.db, STUDENT_LANGUAGES, entry, form, by=request.viewer)
        return listed(request, STUDENT_PAGES, entry)

    @post(
        "/{language_id:str}/up",
        allow=Permission.CHANGE_STUDENT_LANGUAGE,
        name="student_languages.move_up",
    )
    def move_up(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(StudentLanguage, language_id)
        move_entry(request.db, STUDENT_LANGUAGES, entry, "up", by=request.viewer)
        return listed(request, STUDENT_PAGES, entry, button="up")

    @post(
        "/{language_id:str}/down",
        allow=Permission.CHANGE_STUDENT_LANGUAGE,
        name="student_languages.move_down",
    )
    def move_down(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(StudentLanguage, language_id)
        move_entry(request.db, STUDENT_LANGUAGES, entry, "down", by=request.viewer)
        return listed(request, STUDENT_PAGES, entry, button="down")

    @post(
        "/{language_id:str}/remove",
        allow=Permission.CHANGE_STUDENT_LANGUAGE,
        name="student_languages.remove",
    )
    def remove(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(StudentLanguage, language_id)
        remove_entry(request.db, STUDENT_LANGUAGES, entry, by=request.viewer)
        return listed(request, STUDENT_PAGES, entry)

    @post(
        "/{language_id:str}/restore",
        allow=Permission.CHANGE_STUDENT_LANGUAGE,
        name="student_languages.restore",
    )
    def restore(self, request: Request, language_id: FromPath[str]) -> Response[str]:
        entry = request.allowed(StudentLanguage, language_id)
        restore_entry(request.db, STUDENT_LANGUAGES, entry, by=request.viewer)
        return listed(request, STUDENT_PAGES, entry)
