"""Learning requests: found by coaches, written, changed and closed by their students."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import why_not
from app.access.permissions import Permission
from app.access.scopes import open_requests
from app.actions.learning_requests import create_request, update_request
from app.actions.student_onboarding import complete_student
from app.clock import now
from app.controllers.proposal_forms import proposing
from app.controllers.searches import index_page
from app.controllers.student_onboarding import missing_of
from app.errors import Refused
from app.forms.form import WHOLE_FORM, Bound, blank
from app.forms.learning_requests import (
    OFFERED,
    CloseForm,
    DraftForm,
    RequestForm,
    form_for,
    on_top_of,
    written,
)
from app.forms.proposals import ProposalForm
from app.forms.searches import read_search
from app.forms.student_onboarding import asking_for
from app.labels import choices
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.learning_requests import CloseReason, LearningRequest
from db.queries import learning_request_pages as pages
from db.queries import own_requests

MINE = Page("learning_requests/mine", part="learning_requests/mine")
NEW = Page("learning_requests/new", part="learning_requests/form")
EDIT = Page("learning_requests/edit", part="learning_requests/form")
SHOW = Page("learning_requests/show", part="proposals/form")
CLOSE = Page("learning_requests/show", part="learning_requests/close")


class RequestLists(Controller):
    """The search for coaches; what a student has written, and the page for something new."""

    path = "/requests"

    @get("/", allow=Permission.BROWSE_REQUESTS, name="learning_requests.index")
    def index(self, request: Request) -> Response[str]:
        search = read_search(request.query_params.dict())
        return index_page(request, search, open_requests(request.viewer))

    @get("/mine", allow=Permission.LIST_MY_REQUESTS, name="learning_requests.mine")
    def mine(self, request: Request) -> Response[str]:
        after = request.query("after")
        found = own_requests.of_student(request.db, request.viewer.id, at=now(), after=after)
        return show(request, MINE, found=found)

    @get("/new", allow=Permission.POST_REQUEST, name="learning_requests.new")
    def new(self, request: Request) -> Response[str]:
        return new_page(request, blank(DraftForm, {"currency": "USD"}))

    @post("/", allow=Permission.POST_REQUEST, name="learning_requests.create")
    def create(self, request: Request) -> Response[str]:
        kind = asking_for(form_for(request.posted), missing_of(request))
        form = request.filled(kind, again=partial(new_page, request))
        require_publishable(request, form)
        wanted = create_request(request.db, form, by=request.viewer)
        complete_student(request.db, form, by=request.viewer)
        return go(request, f"/requests/{wanted.id}", say=outcome(wanted), in_place=True)


class LearningRequests(Controller):
    """One request: its page for everybody who may see it, and what its student does with it."""

    path = "/requests/{request_id:str}"

    @get("/", allow=Permission.VIEW_REQUEST, name="learning_requests.show")
    def show(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        return request_page(request, request.allowed(LearningRequest, request_id))

    @get("/edit", allow=Permission.EDIT_REQUEST, name="learning_requests.edit")
    def edit(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        names = pages.skill_names_of(request.db, wanted.id)
        questions = [question.text for question in pages.questions(request.db, wanted.id)]
        return edit_page(request, wanted, written(wanted, names, questions))

    @post("/edit", allow=Permission.EDIT_REQUEST, name="learning_requests.update")
    def update(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        again = partial(edit_page, request, wanted)
        kind = asking_for(form_for(request.posted, wanted), missing_for(request, wanted))
        form = request.filled(kind, again=again)
        require_publishable(request, form)
        if form.version != wanted.version:
            return edit_page(request, wanted, on_top_of(request.posted, wanted), status=409)
        update_request(request.db, wanted, form, by=request.viewer)
        complete_student(request.db, form, by=request.viewer)
        return go(request, f"/requests/{wanted.id}", say=outcome(wanted), in_place=True)


def require_publishable(request: Request, form: DraftForm) -> None:
    """Return quietly when coaches may see the form, if it asks for that; otherwise Refused."""
    if isinstance(form, RequestForm):
        no = why_not(request.viewer, Permission.PUBLISH_REQUEST)
        if no:
            raise Refused(WHOLE_FORM, no)


def request_page(
    request: Request, wanted: LearningRequest, form: Bound[ProposalForm] | None = None
) -> Response[str]:
    """The page of a request; with `form`, the proposal that a coach is writing there."""
    return _request_page(request, SHOW, wanted, form=form)


def close_page(
    request: Request, wanted: LearningRequest, closing: Bound[CloseForm]
) -> Response[str]:
    """The same page, where the student is asked again why it should end."""
    return _request_page(request, CLOSE, wanted, closing=closing)


def _request_page(
    request: Request,
    page: Page,
    wanted: LearningRequest,
    *,
    form: Bound[ProposalForm] | None = None,
    closing: Bound[CloseForm] | None = None,
) -> Response[str]:
    seen = pages.find(request.db, request.viewer, wanted, at=now())
    return show(
        request,
        page,
        **proposing(request, seen, form),
        wanted=seen,
        closing=closing or blank(CloseForm),
        reasons=choices(CloseReason),
    )


def new_page(request: Request, form: Bound[Any]) -> Response[str]:
    """The page for writing a request."""
    return show(
        request,
        NEW,
        form=form,
        offered=OFFERED,
        action="/requests",
        missing=missing_of(request),
        questions=None,
        is_open=False,
    )


def edit_page(
    request: Request, wanted: LearningRequest, form: Bound[Any], *, status: int = 200
) -> Response[str]:
    """The page for changing a request; with status 409, what is stored now stands beside it."""
    fixed = pages.questions_are_fixed(request.db, wanted.id)
    return show(
        request,
        EDIT,
        status=status,
        form=form,
        offered=OFFERED,
        action=f"/requests/{wanted.id}/edit",
        missing=missing_for(request, wanted),
        wanted=wanted,
        questions=pages.questions(request.db, wanted.id) if fixed else None,
        is_open=wanted.is_open,
        newer=pages.find(request.db, request.viewer, wanted, at=now()) if status == 409 else None,
    )


def missing_for(request: Request, wanted: LearningRequest) -> tuple[str, ...]:
    """What is asked beside this request: once it is posted, nothing any more."""
    return missing_of(request) if wanted.is_draft else ()


def outcome(wanted: LearningRequest) -> str:
    """What became of a request that was sent."""
    return "Draft saved." if wanted.is_draft else "Your request is open."
