"""The sessions of a person, the page of one, and what its two do about its time and place."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.session_cancellations import cancel_session
from app.actions.session_times import (
    agree_on_time,
    decline_time,
    link_session,
    offer_time,
    take_time_back,
)
from app.clock import now
from app.errors import NotFound, Outdated, WrongState
from app.forms.form import Bound, blank
from app.forms.learning_sessions import AnswerForm, CancelForm, LinkForm, OfferForm
from app.forms.session_outcomes import NoShowForm, ProblemForm
from app.session_times import both_meant
from app.sides import across_from, side_named
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.models.learning_sessions import LearningSession
from db.queries import learning_sessions, session_outcomes, threads

INDEX = Page("learning_sessions/index", part="learning_sessions/mine")
SHOW = Page("learning_sessions/show", part="learning_sessions/row")
LINK = Page("learning_sessions/show", part="learning_sessions/link")
LISTS = {
    "coming": learning_sessions.coming,
    "waiting": learning_sessions.waiting_for,
    "open": learning_sessions.without_time,
    "past": learning_sessions.past,
}


class LearningSessions(Controller):
    """Lists open from either side, first from that of the role view; so does a session."""

    path = "/sessions"

    @get("/", allow=Permission.LIST_SESSIONS, name="learning_sessions.index")
    def index(self, request: Request) -> Response[str]:
        db, viewer, at = request.db, request.viewer, now()
        side = side_named(request.query("side"), viewer.role_view)
        chosen = request.query("list") or "coming"
        if chosen not in LISTS:
            raise NotFound
        found = LISTS[chosen](db, viewer.id, side, at, after=request.query("after"))
        shown = session_forms(request) | {
            "counts": learning_sessions.counts(db, viewer.id, side, at),
            "across": learning_sessions.counts(db, viewer.id, across_from(side), at),
        }
        return show(request, INDEX, side=side, chosen=chosen, found=found, **shown)

    @get("/{session_id:str}", allow=Permission.VIEW_SESSION, name="learning_sessions.show")
    def show(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        return session_page(request, request.allowed(LearningSession, session_id))

    @post("/{session_id:str}/offer", allow=Permission.OFFER_TIME, name="learning_sessions.offer")
    def offer(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(OfferForm, partial(session_page, request, session, "offering"))
        offer_time(request.db, session, form, by=request.viewer)
        return answered(request, session, "The time is offered. Your {other} can answer it now.")

    @post("/{session_id:str}/agree", allow=Permission.AGREE_ON_TIME, name="learning_sessions.agree")
    def agree(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(AnswerForm, partial(session_page, request, session, "answering"))
        agree_on_time(request.db, session, form, by=request.viewer)
        return answered(request, session, "The time is agreed. We have told your {other}.")

    @post(
        "/{session_id:str}/decline", allow=Permission.DECLINE_TIME, name="learning_sessions.decline"
    )
    def decline(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(AnswerForm, partial(session_page, request, session, "answering"))
        decline_time(request.db, session, form, by=request.viewer)
        return answered(request, session, "You said no to that time. We have told your {other}.")

    @post(
        "/{session_id:str}/take-back",
        allow=Permission.TAKE_TIME_BACK,
        name="learning_sessions.take_back",
    )
    def take_back(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(AnswerForm, partial(session_page, request, session, "answering"))
        take_time_back(request.db, session, form, by=request.viewer)
        return answered(request, session, "The time is not offered any more.")

    @post(
        "/{session_id:str}/cancel", allow=Permission.CANCEL_SESSION, name="learning_sessions.cancel"
    )
    def cancel(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(CancelForm, partial(session_page, request, session, "cancelling"))
        cancel_session(request.db, session.contract, session, form, by=request.viewer)
        return answered(request, session, "The session is cancelled. We have told your {other}.")

    @post("/{session_id:str}/link", allow=Permission.LINK_SESSION, name="learning_sessions.link")
    def link(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(LinkForm, partial(session_page, request, session, "linking"))
        link_session(request.db, session, form, by=request.viewer)
        say = "The link is kept." if form.link else "The link is gone."
        to, parts = f"/sessions/{session.id}", session_parts(request, session)
        return done(request, "learning_sessions/link", to=to, say=say, **parts)


def session_of(request: Request, key: str) -> LearningSession:
    """The session that is asked for. Raises Outdated where somebody was quicker."""
    try:
        return request.allowed(LearningSession, key)
    except WrongState as late:
        raise Outdated(late.sentence, to=f"/sessions/{key}") from None


def session_page(
    request: Request, session: LearningSession, name: str = "", form: Bound[Any] | None = None
) -> Response[str]:
    """One session, with everything one can do about it."""
    thread = threads.of_pair(request.db, session.student_id, session.coach_id)
    return show(
        request,
        LINK if name == "linking" else SHOW,
        thread=thread,
        reversal=session_outcomes.reversal(request.db, session.id),
        **session_parts(request, session, name, form),
    )


def answered(request: Request, session: LearningSession, say: str) -> Response[str]:
    """The page it was done on, anew: its counts and its other parts have changed, too."""
    here, side = f"/sessions/{session.id}", session.side_of(request.viewer.id)
    to = came_from(request, otherwise=here)
    return go(request, to, say=say.format(other=across_from(side)), in_place=True)


def session_parts(
    request: Request, session: LearningSession, name: str = "", form: Bound[Any] | None = None
) -> dict[str, Any]:
    """What the regions of one session are made of."""
    row = learning_sessions.one(request.db, session.id, request.viewer.id, now())
    linking = form if form and name == "linking" else blank(LinkForm, {"link": session.link})
    return session_forms(request, name, form) | {"session": row, "linking": linking}


def session_forms(
    request: Request, name: str = "", form: Bound[Any] | None = None
) -> dict[str, Any]:
    """The forms in the row of a session; `name` is the one that came back."""
    forms: dict[str, Any] = {
        "offering": blank(OfferForm),
        "cancelling": blank(CancelForm),
        "missing": blank(NoShowForm),
        "telling": blank(ProblemForm),
    }
    if form and name in forms:
        forms[name] = form
    typed = forms["offering"].data
    meant = both_meant(typed.starts, request.viewer.time_zone) if typed else []
    answering = form if name == "answering" else None
    return forms | {"folds": [(one.fold, one.words) for one in meant], "answering": answering}
