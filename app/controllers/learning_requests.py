"""Learning requests: found and read by coaches, begun and kept by their students."""

from datetime import datetime

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import for_all, open_requests
from app.clock import now
from app.controllers.invitations import invited_to
from app.controllers.matches import matches_for
from app.controllers.proposal_forms import proposing
from app.controllers.request_forms import begin, sent_form, stored_form
from app.controllers.searches import index_page
from app.forms.form import Bound, blank
from app.forms.learning_requests import CloseForm
from app.forms.proposals import ProposalForm
from app.forms.request_changes import called
from app.forms.searches import read_search
from app.labels import choices
from app.matching import Match
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get, post
from db.models.learning_requests import RUNNING, CloseReason, LearningRequest
from db.queries import learning_request_pages as pages
from db.queries import own_requests, request_changes
from db.queries.learning_request_pages import RequestPage
from db.queries.proposals import ProposalLine

MINE = Page("learning_requests/mine", part="learning_requests/mine")
SHOW = Page("learning_requests/show", part="proposals/form")
CLOSE = Page("learning_requests/show", part="learning_requests/close")


class RequestLists(Controller):
    """The search for coaches; what a student has written."""

    path = "/requests"

    @get("/", allow=Permission.BROWSE_REQUESTS, name="learning_requests.index")
    def index(self, request: Request) -> Response[str]:
        search = read_search(request.query_params.dict())
        return index_page(request, search, for_all(open_requests, request.viewer.standing))

    @get("/mine", allow=Permission.LIST_MY_REQUESTS, name="learning_requests.mine")
    def mine(self, request: Request) -> Response[str]:
        after = request.query("after")
        found = own_requests.of_student(request.db, request.viewer.id, at=now(), after=after)
        return show(request, MINE, found=found)

    @post("/", allow=Permission.POST_REQUEST, name="learning_requests.create")
    def create(self, request: Request) -> Response[str]:
        return begin(request, sent_form(request, None))


class LearningRequests(Controller):
    """One request: its page for everybody who may see it."""

    path = "/requests/{request_id:str}"

    @get("/", allow=Permission.VIEW_REQUEST, name="learning_requests.show")
    def show(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        return request_page(request, request.allowed(LearningRequest, request_id))


def request_page(
    request: Request,
    wanted: LearningRequest,
    form: Bound[ProposalForm] | None = None,
    *,
    newer: Bound[ProposalForm] | None = None,
) -> Response[str]:
    """The page of a request; with `form`, the proposal that a coach is writing there.

    With `newer`, that was written onto an older draft: what is stored now stands above it (409).
    """
    return _request_page(request, SHOW, wanted, form=form, newer=newer)


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
    newer: Bound[ProposalForm] | None = None,
) -> Response[str]:
    seen = pages.find(request.db, request.viewer, wanted, at=now())
    context = proposing(request, seen, form)
    return show(
        request,
        page,
        status=409 if newer else 200,
        **context,
        newer=newer,
        changes=changes_for(request, seen, context["mine"]),
        wanted=seen,
        closing=closing or blank(CloseForm),
        reasons=choices(CloseReason),
        posting=stored_form(request, wanted) if wanted.is_draft else None,
        invited=invited_to(request, wanted),
        match=match_for(request, seen),
    )


def match_for(request: Request, seen: RequestPage) -> Match | None:
    """How well the coach who reads it fits, as long as it runs."""
    if seen.student_id == request.viewer.id or seen.status not in RUNNING:
        return None
    return matches_for(request, [seen.id]).get(seen.id)


def changes_for(
    request: Request, seen: RequestPage, mine: ProposalLine | None
) -> list[tuple[datetime, list[str]]]:
    """What has changed since this coach wrote the proposal that waits for an answer."""
    if mine is None or not mine.is_pending:
        return []
    found = request_changes.since(request.db, seen.id, mine.updated_at)
    return [(change.at, called(change.parts)) for change in found]
