"""What a student does with a request as a whole, from its page or the list of their own."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.learning_requests import delete_request
from app.actions.request_states import (
    close_request,
    pause_request,
    renew_request,
    resume_request,
)
from app.clock import now
from app.controllers.learning_requests import close_page
from app.forms.form import blank
from app.forms.learning_requests import CloseForm
from app.labels import choices
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import done, go
from app.web.routes import post
from db.models.learning_requests import CloseReason, LearningRequest
from db.queries import learning_request_pages as pages
from db.queries.learning_request_pages import RequestPage


class RequestStates(Controller):
    """Each answers in place: the words about the state and what can be done now."""

    path = "/requests/{request_id:str}"

    @post("/pause", allow=Permission.PAUSE_REQUEST, name="learning_requests.pause")
    def pause(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        pause_request(request.db, wanted, by=request.viewer)
        return state(request, wanted, say="Your request is paused.")

    @post("/resume", allow=Permission.RESUME_REQUEST, name="learning_requests.resume")
    def resume(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        resume_request(request.db, wanted, by=request.viewer)
        return state(request, wanted, say="Your request is open again, for 30 days.")

    @post("/renew", allow=Permission.RENEW_REQUEST, name="learning_requests.renew")
    def renew(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        renew_request(request.db, wanted, by=request.viewer)
        to = came_from(request, otherwise=f"/requests/{wanted.id}")
        return done(
            request,
            "learning_requests/deadline",
            to=to,
            say="Renewed for 30 days.",
            wanted=seen(request, wanted),
        )

    @post("/delete", allow=Permission.DELETE_REQUEST, name="learning_requests.delete")
    def delete(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        delete_request(request.db, wanted, by=request.viewer)
        return go(request, "/requests/mine", say="Your draft is deleted.", in_place=True)

    @post("/close", allow=Permission.CLOSE_REQUEST, name="learning_requests.close")
    def close(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        form = request.filled(CloseForm, again=partial(close_page, request, wanted))
        close_request(request.db, wanted, form, by=request.viewer)
        return go(request, f"/requests/{wanted.id}", say="Your request is closed.", in_place=True)


def state(request: Request, wanted: LearningRequest, *, say: str) -> Response[str]:
    """The page's words about the state, and what its student can do from there."""
    return done(
        request,
        "learning_requests/state.swaps",
        to=f"/requests/{wanted.id}",
        say=say,
        wanted=seen(request, wanted),
        closing=blank(CloseForm),
        reasons=choices(CloseReason),
    )


def seen(request: Request, wanted: LearningRequest) -> RequestPage:
    """The request as its page shows it, with what was just done."""
    return pages.find(request.db, request.viewer, wanted, at=now())
