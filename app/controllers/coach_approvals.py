"""Applications of coaches: a queue for staff, and one application with what may be decided."""

from functools import partial
from typing import Any

import msgspec
from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_coaches
from app.actions.coach_approvals import (
    approve_coach,
    claim_application,
    mark_looked_at,
    reject_coach,
    release_application,
    request_changes,
)
from app.clock import now
from app.errors import NotFound, WrongState
from app.forms.coach_approvals import COMMENTED, ApproveForm, ChangesForm, RejectForm
from app.forms.form import Bound, blank
from app.forms.versions import version_of
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.models.profiles import CoachProfile
from db.queries import coach_approval_lines, coach_approvals, coach_pages, portfolio_items

INDEX = Page("coach_approvals/index", part="coach_approvals/list")
SHOW = Page("coach_approvals/show", part="coach_approvals/decision")
LISTS = {"": coach_approval_lines.waiting, "changed": coach_approval_lines.changed}


class CoachApprovals(Controller):
    """Who waits, and the answers to them."""

    path = "/admin/coaches"

    @get("/", allow=Permission.LIST_APPLICATIONS, name="coach_approvals.index")
    def index(self, request: Request) -> Response[str]:
        chosen, visible = request.query("list"), visible_coaches(request.viewer)
        if chosen not in LISTS:
            raise NotFound
        found = LISTS[chosen](request.db, visible, at=now(), after=request.query("after"))
        counts = {
            "": coach_approval_lines.waiting_count(request.db, visible),
            "changed": coach_approval_lines.changed_count(request.db, visible),
        }
        return show(request, INDEX, found=found, counts=counts, chosen=chosen)

    @get("/{coach_id:str}", allow=Permission.READ_APPLICATION, name="coach_approvals.show")
    def show(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        return application_page(request, request.allowed(CoachProfile, coach_id))

    @post("/{coach_id:str}/claim", allow=Permission.CLAIM_APPLICATION, name="coach_approvals.claim")
    def claim(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        coach = request.allowed(CoachProfile, coach_id)
        claim_application(request.db, coach, by=request.viewer)
        say = "The application is yours for 30 minutes."
        return standing(request, coach, say=say)

    @post(
        "/{coach_id:str}/release", allow=Permission.RELEASE_APPLICATION,
        name="coach_approvals.release",
    )  # fmt: skip
    def release(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        coach = request.allowed(CoachProfile, coach_id)
        release_application(request.db, coach, by=request.viewer)
        return standing(request, coach, say="The others can take this application again.")

    @post("/{coach_id:str}/approve", allow=Permission.APPROVE_COACH, name="coach_approvals.approve")
    def approve(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        coach = request.allowed(CoachProfile, coach_id)
        require_read(request, coach)
        approve_coach(request.db, coach, by=request.viewer)
        say = f"{coach.account.name} is approved. We have written a mail."
        return go(request, "/admin/coaches", say=say, in_place=True)

    @post(
        "/{coach_id:str}/request-changes", allow=Permission.REQUEST_CHANGES,
        name="coach_approvals.request_changes",
    )  # fmt: skip
    def request_changes(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        coach = request.allowed(CoachProfile, coach_id)
        form = request.filled(ChangesForm, partial(changes_page, request, coach))
        request_changes(request.db, coach, form, by=request.viewer)
        say = f"{coach.account.name} is asked for changes. We have written a mail."
        return go(request, "/admin/coaches", say=say, in_place=True)

    @post("/{coach_id:str}/reject", allow=Permission.REJECT_COACH, name="coach_approvals.reject")
    def reject(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        coach = request.allowed(CoachProfile, coach_id)
        form = request.filled(RejectForm, partial(no_page, request, coach))
        reject_coach(request.db, coach, form, by=request.viewer)
        say = f"{coach.account.name} is not approved. We have written a mail."
        return go(request, "/admin/coaches", say=say, in_place=True)

    @post("/{coach_id:str}/looked", allow=Permission.LOOK_AT_COACH, name="coach_approvals.looked")
    def looked(self, request: Request, coach_id: FromPath[str]) -> Response[str]:
        coach = request.allowed(CoachProfile, coach_id)
        require_read(request, coach)
        mark_looked_at(request.db, coach, by=request.viewer)
        say = f"You have looked at {coach.account.name}."
        return go(request, "/admin/coaches?list=changed", say=say, in_place=True)


def require_read(request: Request, coach: CoachProfile) -> None:
    """Return quietly while the coach shows what was read; otherwise WrongState."""
    form = request.filled(ApproveForm, lambda _: application_page(request, coach))
    if form.version and form.version != version_read(request, coach):
        raise WrongState(
            "This was changed while you read it. Look it over once more.",
            to=f"/admin/coaches/{coach.account_id}",
        )


def version_read(request: Request, coach: CoachProfile) -> str:
    """Which words somebody reads who opens the application now."""
    page = coach_pages.coach(request.db, coach.account_id)
    items = portfolio_items.cards(request.db, coach.account_id)
    return version_of({"page": msgspec.to_builtins(page), "items": msgspec.to_builtins(items)})


def standing(request: Request, coach: CoachProfile, *, say: str) -> Response[str]:
    """What may be decided now; the page of it for everybody without htmx."""
    request.db.flush()
    to = f"/admin/coaches/{coach.account_id}"
    return done(request, "coach_approvals/decision", to=to, say=say, **decision(request, coach))


def changes_page(
    request: Request, coach: CoachProfile, changes: Bound[ChangesForm]
) -> Response[str]:
    return application_page(request, coach, changes=changes)


def no_page(request: Request, coach: CoachProfile, no: Bound[RejectForm]) -> Response[str]:
    return application_page(request, coach, no=no)


def application_page(request: Request, profile: CoachProfile, **forms: Bound[Any]) -> Response[str]:
    return show(
        request,
        SHOW,
        coach=coach_pages.coach(request.db, profile.account_id),
        items=portfolio_items.cards(request.db, profile.account_id),
        history=coach_approvals.history(request.db, profile.account_id),
        **decision(request, profile, **forms),
    )


def decision(
    request: Request,
    profile: CoachProfile,
    *,
    changes: Bound[ChangesForm] | None = None,
    no: Bound[RejectForm] | None = None,
) -> dict[str, Any]:
    application = coach_approvals.find(request.db, profile.account_id)
    return {
        "application": application,
        "version": version_read(request, profile),
        "steps": COMMENTED,
        "changes": changes or blank(ChangesForm),
        "no": no or blank(RejectForm),
    }
