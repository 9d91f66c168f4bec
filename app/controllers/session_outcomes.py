"""How a session went, as its two say; and what staff decide about those that were reported."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.contract_scopes import reported_sessions
from app.access.permissions import Permission
from app.actions.session_outcomes import (
    TAKEN_BACK,
    confirm_session,
    decide_session,
    mark_no_show,
    note_session_look,
    report_problem,
    reverse_session,
    waive_session,
)
from app.controllers.learning_sessions import answered, session_of, session_page
from app.errors import NotFound, WrongState
from app.fees import fee_of, net_of
from app.forms.form import Bound, blank
from app.forms.session_outcomes import DecideForm, NoShowForm, ProblemForm, ReverseForm
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.learning_sessions import LearningSession
from db.queries import session_outcomes

INDEX = Page("session_outcomes/index", part="session_outcomes/list")
SHOW = Page("session_outcomes/show", part="session_outcomes/decision")
ALL = "/admin/sessions"
LISTS = {"": True, "decided": False}


class SessionOutcomes(Controller):
    """What either of the two says of it, once it is over or somebody has waited in vain."""

    path = "/sessions/{session_id:str}"

    @post("/confirm", allow=Permission.CONFIRM_SESSION, name="session_outcomes.confirm")
    def confirm(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        confirm_session(request.db, session.contract, session, by=request.viewer)
        return answered(request, session, "It counts as completed now.")

    @post("/no-show", allow=Permission.MARK_NO_SHOW, name="session_outcomes.no_show")
    def no_show(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(NoShowForm, partial(session_page, request, session, "missing"))
        mark_no_show(request.db, session.contract, session, form, by=request.viewer)
        return answered(request, session, "It is reported. We have told your {other}.")

    @post("/problem", allow=Permission.REPORT_PROBLEM, name="session_outcomes.problem")
    def problem(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        form = request.filled(ProblemForm, partial(session_page, request, session, "telling"))
        report_problem(request.db, session.contract, session, form, by=request.viewer)
        return answered(request, session, "The problem is reported. We have told your {other}.")

    @post("/waive", allow=Permission.WAIVE_SESSION, name="session_outcomes.waive")
    def waive(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = session_of(request, session_id)
        waive_session(request.db, session.contract, session, by=request.viewer)
        return answered(request, session, "Nothing is owed for it. We have told your {other}.")


class ReportedSessions(Controller):
    """What staff read and decide; never about sessions of their own."""

    path = ALL

    @get("/", allow=Permission.LIST_REPORTED_SESSIONS, name="session_outcomes.index")
    def index(self, request: Request) -> Response[str]:
        chosen, visible = request.query("list"), reported_sessions(request.viewer)
        if chosen not in LISTS:
            raise NotFound
        after = request.query("after")
        found = session_outcomes.reported(request.db, visible, waits=LISTS[chosen], after=after)
        counts = {
            "": session_outcomes.waiting_count(request.db, visible),
            "decided": session_outcomes.decided_count(request.db, visible),
        }
        return show(request, INDEX, found=found, counts=counts, chosen=chosen)

    @get("/{session_id:str}", allow=Permission.EXAMINE_SESSION, name="session_outcomes.show")
    def show(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = request.allowed(LearningSession, session_id)
        request.afterwards(note_session_look, session.id, request.viewer)
        return reported_page(request, session)

    @post(
        "/{session_id:str}/decide", allow=Permission.DECIDE_SESSION, name="session_outcomes.decide"
    )
    def decide(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = request.allowed(LearningSession, session_id)
        form = request.filled(DecideForm, partial(reported_page, request, session, "decide"))
        decide_session(request.db, session.contract, session, form, by=request.viewer)
        return go(request, ALL, say="It is decided. We have told both.", in_place=True)

    @post(
        "/{session_id:str}/reverse", allow=Permission.REVERSE_SESSION,
        name="session_outcomes.reverse",
    )  # fmt: skip
    def reverse(self, request: Request, session_id: FromPath[str]) -> Response[str]:
        session = request.allowed(LearningSession, session_id)
        form = request.filled(ReverseForm, partial(reported_page, request, session, "reverse"))
        reverse_session(request.db, session.contract, session, form, by=request.viewer)
        to = f"{ALL}/{session.id}"
        return go(request, to, say="It is taken back. We have told both.", in_place=True)


def reported_page(
    request: Request, session: LearningSession, name: str = "", form: Bound[Any] | None = None
) -> Response[str]:
    """One reported session: what was agreed, who said what, and what staff can do."""
    forms: dict[str, Any] = {"decide": blank(DecideForm), "reverse": blank(ReverseForm)}
    found = session_outcomes.find(request.db, session.id)
    if name == "reverse" and not found.can_be_reversed:  # sent from a page opened before
        raise WrongState(TAKEN_BACK, to=f"{ALL}/{session.id}")
    return show(
        request,
        SHOW,
        reported=found,
        thing=session,
        fee=fee_of(found.price, found.fee),
        net=net_of(found.price, found.fee),
        steps=session_outcomes.history(request.db, session.id),
        forms=forms | ({name: form} if form else {}),
        sent=name,
    )
