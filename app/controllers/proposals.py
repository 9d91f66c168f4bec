"""Proposals as their coaches send them, read them again and take them back."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.proposals import submit_proposal, withdraw_proposal
from app.clock import now
from app.controllers.learning_requests import request_page
from app.controllers.proposal_choices import choice_page, choices_page
from app.controllers.proposal_drafts import keep, outdated
from app.controllers.proposal_forms import answered, currencies, newer_draft
from app.controllers.reviews import rating_for
from app.errors import NotFound
from app.forms.proposals import (
    TERMS,
    ProposalForm,
    asks_for,
    so_far,
    total_of,
)
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import get, post
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal
from db.queries import (
    learning_request_pages,
    proposal_cards,
    proposal_states,
    proposal_versions,
    proposals,
)
from db.queries.proposal_states import ProposalState, in_state

MINE = Page("proposals/mine", part="proposals/sent")
SHOW = Page("proposals/show", part="proposals/card")
TOTAL = Page("proposals/total", part="proposals/total")


class RequestProposals(Controller):
    """Under a request: what its owner lists, and the door for coaches."""

    path = "/requests/{request_id:str}/proposals"

    @get("/", allow=Permission.LIST_PROPOSALS, name="proposals.index")
    def index(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        return choices_page(request, request.allowed(LearningRequest, request_id))

    @post("/", allow=Permission.SUBMIT_PROPOSAL, name="proposals.submit")
    def submit(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        again = partial(request_page, request, wanted)
        if asks_for("save", request.posted):
            return keep(request, wanted)
        if asks_for("total", request.posted):
            return again(so_far(request.posted))
        form = request.filled(ProposalForm, again, answer=answered(request, wanted.id))
        newer = newer_draft(request, wanted)
        if newer:
            return outdated(request, wanted, newer)
        proposal = submit_proposal(request.db, wanted, form, by=request.viewer)
        return sent(request, wanted, proposal)

    @get("/total", allow=Permission.DRAFT_PROPOSAL, name="proposals.total")
    def total(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        typed = {name: [request.query(name)] for name in TERMS}
        return show(
            request,
            TOTAL,
            wanted=wanted,
            total=total_of(so_far(typed)),
            currencies=currencies(request, wanted.currency),
        )


class Proposals(Controller):
    """A coach's own, and what they do to one of them."""

    path = "/proposals"

    @get("/", allow=Permission.LIST_MY_PROPOSALS, name="proposals.mine")
    def mine(self, request: Request) -> Response[str]:
        state = state_named(request.query("status"))
        found = proposals.sent(
            request.db,
            request.viewer.id,
            in_state(state, now()),
            at=now(),
            after=request.query("after"),
        )
        counts = proposal_states.counts(request.db, request.viewer.id, at=now())
        return show(request, MINE, found=found, counts=counts, chosen=state)

    @get("/{proposal_id:str}", allow=Permission.VIEW_PROPOSAL, name="proposals.show")
    def show(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        page = own_page if proposal.coach_id == request.viewer.id else choice_page
        return page(request, proposal)

    @post(
        "/{proposal_id:str}/withdraw", allow=Permission.WITHDRAW_PROPOSAL, name="proposals.withdraw"
    )
    def withdraw(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        withdraw_proposal(request.db, proposal, by=request.viewer)
        mine = proposals.line(request.db, request.viewer.id, proposal.id, at=now())
        return done(
            request,
            "proposals/mine",
            to=f"/proposals/{proposal.id}",
            say="You have taken your proposal back.",
            mine=mine,
        )


def sent(request: Request, wanted: LearningRequest, proposal: Proposal) -> Response[str]:
    """What the coach now reads of it; on the page of the request nothing asks for one any more."""
    return done(
        request,
        "proposals/submitted.swaps",
        to=f"/proposals/{proposal.id}",
        mine=proposals.line(request.db, request.viewer.id, proposal.id, at=now()),
        wanted=learning_request_pages.find(request.db, request.viewer, wanted, at=now()),
    )


def own_page(request: Request, proposal: Proposal) -> Response[str]:
    """A proposal, to the coach who wrote it."""
    return show(
        request,
        SHOW,
        proposal=proposal_cards.one(request.db, proposal.id, at=now()),
        versions=proposal_versions.history(request.db, proposal),
        mine=proposals.line(request.db, request.viewer.id, proposal.id, at=now()),
        rating=rating_for(request, proposal.learning_request.student_id),
    )


def state_named(word: str) -> ProposalState | None:
    """Which of a coach's proposals are asked for; "" is all that were sent."""
    if word and word not in list(ProposalState):
        raise NotFound
    return ProposalState(word) if word else None
