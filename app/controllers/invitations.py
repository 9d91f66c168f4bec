"""Invitations: a student asks a coach for a proposal, the coach proposes or declines."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_invitations
from app.actions.invitations import (
    create_invitation,
    decline_invitation,
    withdraw_invitation,
)
from app.clock import now
from app.controllers.handles import coach_called, moved
from app.errors import NotFound
from app.forms.form import Bound, blank
from app.forms.invitations import InvitationForm
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.queries import invitable_requests, invitations
from db.queries.invitations import SentInvitation

INDEX = Page("invitations/index", part="invitations/list")
NEW = Page("invitations/new", part="invitations/form")


class Inviting(Controller):
    """From a coach's public page."""

    path = "/coaches/{handle:str}/invite"

    @get("/", allow=Permission.INVITE_COACH, name="invitations.new")
    def new(self, request: Request, handle: FromPath[str]) -> Response[str]:
        coach = coach_called(request, handle)
        if coach.handle != handle:
            return moved(request, f"/coaches/{coach.handle}/invite")
        return new_page(request, coach)

    @post("/", allow=Permission.INVITE_COACH, name="invitations.create")
    def create(self, request: Request, handle: FromPath[str]) -> Response[str]:
        coach = coach_called(request, handle)
        form = request.filled(InvitationForm, again=partial(new_page, request, coach))
        create_invitation(request.db, coach, form, by=request.viewer)
        say = f"You have invited {coach.account.name}."
        return go(request, f"/requests/{form.request}/proposals", say=say, in_place=True)


class Invitations(Controller):
    """A coach's own, and what is done to one invitation."""

    path = "/invitations"

    @get("/", allow=Permission.LIST_INVITATIONS, name="invitations.index")
    def index(self, request: Request) -> Response[str]:
        viewer, visible, at = request.viewer, visible_invitations(request.viewer), now()
        status, after = status_named(request.query("status")), request.query("after")
        found = invitations.received(request.db, viewer, visible, status=status, at=at, after=after)
        counts = invitations.received_counts(request.db, viewer, visible, at=at)
        return show(request, INDEX, found=found, counts=counts, chosen=status)

    @post(
        "/{invitation_id:str}/decline",
        allow=Permission.DECLINE_INVITATION,
        name="invitations.decline",
    )
    def decline(self, request: Request, invitation_id: FromPath[str]) -> Response[str]:
        invitation = request.allowed(Invitation, invitation_id)
        decline_invitation(request.db, invitation, by=request.viewer)
        visible = visible_invitations(request.viewer)
        card = invitations.one(request.db, request.viewer, invitation.id, visible, at=now())
        say = "You have declined. The student is told."
        return done(request, "invitations/card", to="/invitations", say=say, card=card)

    @post(
        "/{invitation_id:str}/withdraw",
        allow=Permission.WITHDRAW_INVITATION,
        name="invitations.withdraw",
    )
    def withdraw(self, request: Request, invitation_id: FromPath[str]) -> Response[str]:
        invitation = request.allowed(Invitation, invitation_id)
        withdraw_invitation(request.db, invitation, by=request.viewer)
        wanted = invitation.learning_request
        return done(
            request,
            "invitations/sent",
            to=came_from(request, otherwise=f"/requests/{wanted.id}/proposals"),
            say="You have withdrawn the invitation.",
            invited=invitations.of_request(request.db, wanted.id, at=now()),
        )


def new_page(
    request: Request, coach: CoachProfile, form: Bound[InvitationForm] | None = None
) -> Response[str]:
    """The form; of several open requests, the one the address names is chosen already."""
    offers = invitable_requests.invitable(request.db, request.viewer.id, coach.account_id, at=now())
    free = [offer for offer in offers if offer.is_free]
    named = [offer for offer in free if str(offer.id) == request.query("request")]
    first = [*named, *free][0].id if named or len(free) == 1 else None
    form = form or blank(InvitationForm, {"request": first})
    return show(request, NEW, coach=coach, form=form, offers=offers, free=free)


def invited_to(request: Request, wanted: LearningRequest) -> list[SentInvitation]:
    """Whom its student has invited to a request; nobody else is told."""
    if wanted.student_id != request.viewer.id or wanted.is_draft:
        return []
    return invitations.of_request(request.db, wanted.id, at=now())


def status_named(word: str) -> InvitationStatus | None:
    """Which of a coach's invitations are asked for; "" is all of them."""
    if word and word not in list(InvitationStatus):
        raise NotFound
    return InvitationStatus(word) if word else None
