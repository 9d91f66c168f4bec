"""The form of a learning request: for a new one, a draft, and one that coaches can see already."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import may, why_not
from app.access.permissions import Permission
from app.actions import request_drafts as drafts
from app.actions.learning_requests import create_request, update_request
from app.actions.student_onboarding import complete_student
from app.clock import now
from app.controllers.student_onboarding import missing_of
from app.errors import Refused, WrongState
from app.forms.form import WHOLE_FORM, Bound, blank
from app.forms.learning_requests import (
    OFFERED,
    DraftForm,
    RequestForm,
    form_for,
    on_top_of,
    written,
)
from app.forms.student_onboarding import also_sent, asking_for
from app.tokens import new_token
from app.web.refusing import refused
from app.web.replacing import at_address
from app.web.request import Request
from app.web.respond import Page, done, go, show, wants_fragment
from app.web.routes import get, post
from db.models.learning_requests import LearningRequest
from db.queries import learning_request_pages as pages

NEW = Page("learning_requests/new", part="learning_requests/form")
EDIT = Page("learning_requests/edit", part="learning_requests/form")
KEPT = Page("learning_requests/new", part="learning_requests/saved")


class NewRequests(Controller):
    """The page for something new."""

    path = "/requests"

    @get("/new", allow=Permission.POST_REQUEST, name="learning_requests.new")
    def new(self, request: Request) -> Response[str]:
        return new_page(request, blank(DraftForm, {"currency": "USD", "page": new_token()}))


class RequestForms(Controller):
    """The same form for what is there already."""

    path = "/requests/{request_id:str}"

    @get("/edit", allow=Permission.EDIT_REQUEST, name="learning_requests.edit")
    def edit(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        return edit_page(request, wanted, stored_form(request, wanted))

    @post("/edit", allow=Permission.EDIT_REQUEST, name="learning_requests.update")
    def update(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        form = sent_form(request, wanted)
        page = drafts.hold_page(request.db, form, by=request.viewer)
        return change(request, wanted, form, page)


def sent_form(request: Request, wanted: LearningRequest | None) -> DraftForm:
    """What was sent, as much of it filled in as it is sent for."""
    if request.posted.get("action") == ["keep"]:
        again: Any = partial(not_kept, request)
    elif wanted is None:
        again = partial(new_page, request)
    else:
        again = partial(edit_page, request, wanted)
    missing = missing_for(request, wanted)
    if drafts.knows_page(request.db, "".join(request.posted.get("page", ())), by=request.viewer):
        missing = also_sent(request.posted, missing)
    form = request.filled(asking_for(form_for(request.posted, wanted), missing), again=again)
    if isinstance(form, RequestForm):
        no = why_not(request.viewer, Permission.PUBLISH_REQUEST)
        if no:
            raise Refused(WHOLE_FORM, no)
    return form


def begin(request: Request, form: DraftForm) -> Response[str]:
    """Keep what is new; what this page has begun before goes on."""
    page = drafts.hold_page(request.db, form, by=request.viewer)
    wanted = drafts.find_draft(request.db, form, page, by=request.viewer)
    if wanted is not None:
        posted = not wanted.is_draft and not drafts.is_repeated(form, page, wanted)
        answer = outdated if posted else partial(change, page=page)
        return answer(request, wanted, form)
    if page and page.location and form.action == "keep":
        raise WrongState("This draft was deleted meanwhile.", to="/requests/mine")
    wanted = create_request(request.db, form, by=request.viewer)
    drafts.note_written(page, form, wanted)
    return outcome(request, wanted, form)


def change(request: Request, wanted: LearningRequest, form: DraftForm, page: Any) -> Response[str]:
    """Write the form over what is stored, unless that is newer; 409 shows both."""
    if drafts.is_repeated(form, page, wanted):
        return outcome(request, wanted, form)
    if drafts.is_outdated(form, page, wanted):
        return outdated(request, wanted, form)
    last = page.status if page else 0
    update_request(request.db, wanted, form, by=request.viewer, last=last)
    drafts.note_written(page, form, wanted)
    return outcome(request, wanted, form)


def outcome(request: Request, wanted: LearningRequest, form: DraftForm) -> Response[str]:
    """Where a form that was taken leads, or the line that says it is kept."""
    if form.action == "keep":
        to = f"/requests/{wanted.id}/edit"
        kept = done(request, "learning_requests/saved", to=to, kept=wanted, problem="")
        return at_address(kept, to)
    complete_student(request.db, form, by=request.viewer)
    say = "Draft saved." if wanted.is_draft else "Your request is open."
    return go(request, f"/requests/{wanted.id}", say=say, in_place=True)


def outdated(request: Request, wanted: LearningRequest, form: DraftForm) -> Response[str]:
    """What was written meanwhile, beside the words that were sent."""
    if form.action == "keep" and wants_fragment(request):
        said = "Not saved: this was changed in another tab. Save it to see both."
        return refused(
            request, "learning_requests/not_saved.swaps", said, form=request.bound, kept=None
        )
    if not may(request.viewer, Permission.EDIT_REQUEST, wanted):
        raise WrongState("This request has ended meanwhile.", to=f"/requests/{wanted.id}")
    mine = on_top_of(request.posted, wanted, new_token())
    return edit_page(request, wanted, mine, status=409)


def not_kept(request: Request, form: Bound[Any]) -> Response[str]:
    """The line that says why nothing is kept yet; the form is left as it is."""
    problem = form.problem or next(iter(form.errors.values()), "")
    return show(request, KEPT, form=form, kept=None, problem=f"Not saved yet. {problem}")


def stored_form(request: Request, wanted: LearningRequest) -> Bound[DraftForm]:
    """The form with what is stored standing in it."""
    names = pages.skill_names_of(request.db, wanted.id)
    answered = pages.answered_questions(request.db, wanted.id)
    asked = pages.questions(request.db, wanted.id)
    free = [question.text for question in asked if question.id not in answered]
    return written(wanted, names, free, new_token())


def new_page(request: Request, form: Bound[Any]) -> Response[str]:
    """The page for writing a request."""
    missing = missing_of(request)
    return show(request, NEW, **_common(form), action="/requests", missing=missing)


def edit_page(
    request: Request, wanted: LearningRequest, form: Bound[Any], *, status: int = 200
) -> Response[str]:
    """The page for changing a request; with status 409, what is stored now stands beside it."""
    answered = pages.answered_questions(request.db, wanted.id)
    asked = pages.questions(request.db, wanted.id)
    context = _common(form) | {
        "questions": [question for question in asked if question.id in answered],
        "is_open": not wanted.is_draft,
    }
    return show(
        request,
        EDIT,
        status=status,
        **context,
        action=f"/requests/{wanted.id}/edit",
        missing=missing_for(request, wanted),
        wanted=wanted,
        newer=pages.find(request.db, request.viewer, wanted, at=now()) if status == 409 else None,
    )


def missing_for(request: Request, wanted: LearningRequest | None) -> tuple[str, ...]:
    """What is asked beside this request: once it is posted, nothing any more."""
    return missing_of(request) if wanted is None or wanted.is_draft else ()


def _common(form: Bound[Any]) -> dict[str, Any]:
    return {
        "form": form, "offered": OFFERED, "questions": [], "is_open": False,
        "kept": None, "problem": "",
    }  # fmt: skip
