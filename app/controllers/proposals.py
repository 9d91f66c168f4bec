"""Proposals: sent by coaches, compared and answered by the student whose request it is."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_proposals
from app.actions.proposals import (
    accept_proposal,
    decline_proposal,
    mark_viewed,
    submit_proposal,
    withdraw_proposal,
)
from app.clock import now
from app.controllers.learning_requests import request_page
from app.errors import NotFound
from app.forms.form import Bound, blank
from app.forms.proposals import (
    DeclineForm,
    ProposalForm,
    asks_for_the_total,
    so_far,
    total_of,
)
from app.labels import choices
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import get, post
from db.models.learning_requests import LearningRequest
from db.models.proposals import DeclineReason, Proposal, ProposalStatus
from db.queries import learning_request_pages, proposal_cards, proposals
from db.queries.paging import Found
from db.queries.proposal_cards import ProposalCard

INDEX = Page("proposals/index", part="proposals/list")
MINE = Page("proposals/mine", part="proposals/sent")
SHOW = Page("proposals/show", part="proposals/card")
TOTAL = Page("proposals/total", part="proposals/total")

SENT = [status for status in ProposalStatus if status is not ProposalStatus.DRAFT]


class RequestProposals(Controller):
    """Under a request: the owner's list, and the door for coaches."""

    path = "/requests/{request_id:str}/proposals"

    @get("/", allow=Permission.LIST_PROPOSALS, name="proposals.index")
    def index(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        found = cards(request, wanted, after=request.query("after"))
        remember_first_view(request, wanted.id, found.items)
        return show(request, INDEX, wanted=wanted, found=found, **decision())

    @post("/", allow=Permission.SUBMIT_PROPOSAL, name="proposals.submit")
    def submit(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        again = partial(request_page, request, wanted)
        if asks_for_the_total(request.posted):
            return again(so_far(request.posted))
        asked = [one.id for one in learning_request_pages.questions(request.db, wanted.id)]
        form = request.filled(ProposalForm, again, answer=asked)
        proposal = submit_proposal(request.db, wanted, form, by=request.viewer)
        mine = proposals.line(request.db, request.viewer.id, proposal.id, at=now())
        return done(request, "proposals/mine", to=f"/proposals/{proposal.id}", mine=mine)

    @get("/total", allow=Permission.SUBMIT_PROPOSAL, name="proposals.total")
    def total(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        typed = {name: [request.query(name)] for name in ("sessions", "price")}
        return show(request, TOTAL, wanted=wanted, total=total_of(so_far(typed)))


class Proposals(Controller):
    """A coach's own, and what is done to one proposal."""

    path = "/proposals"

    @get("/", allow=Permission.LIST_MY_PROPOSALS, name="proposals.mine")
    def mine(self, request: Request) -> Response[str]:
        status = status_named(request.query("status"))
        found = proposals.sent(
            request.db,
            request.viewer.id,
            status=status,
            at=now(),
            after=request.query("after"),
        )
        counts = proposals.sent_counts(request.db, request.viewer.id, at=now())
        return show(request, MINE, found=found, counts=counts, chosen=status)

    @get("/{proposal_id:str}", allow=Permission.VIEW_PROPOSAL, name="proposals.show")
    def show(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        return proposal_page(request, proposal)

    @post("/{proposal_id:str}/accept", allow=Permission.ACCEPT_PROPOSAL, name="proposals.accept")
    def accept(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        accept_proposal(request.db, proposal, by=request.viewer)
        wanted = proposal.learning_request
        return done(
            request,
            "proposals/accepted.swaps",
            to=f"/requests/{wanted.id}/proposals",
            say="You have accepted the proposal. You can write to each other now.",
            wanted=wanted,
            found=cards(request, wanted),
            **decision(),
        )

    @post("/{proposal_id:str}/decline", allow=Permission.DECLINE_PROPOSAL, name="proposals.decline")
    def decline(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        form = request.filled(DeclineForm, partial(proposal_page, request, proposal))
        decline_proposal(request.db, proposal, form, by=request.viewer)
        return done(
            request,
            "proposals/card",
            to=f"/requests/{proposal.request_id}/proposals",
            say="You have said no to this proposal. The coach can read why.",
            proposal=proposal_cards.one(request.db, proposal.id, at=now()),
            **decision(),
        )

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


def proposal_page(
    request: Request, proposal: Proposal, form: Bound[DeclineForm] | None = None
) -> Response[str]:
    card = proposal_cards.one(request.db, proposal.id, at=now())
    remember_first_view(request, proposal.request_id, [card])
    return show(
        request,
        SHOW,
        proposal=card,
        wanted=proposal.learning_request,
        mine=proposals.line(request.db, request.viewer.id, proposal.id, at=now()),
        **decision(form),
    )


def decision(form: Bound[DeclineForm] | None = None) -> dict[str, Any]:
    return {"form": form or blank(DeclineForm), "reasons": choices(DeclineReason)}


def cards(request: Request, wanted: LearningRequest, *, after: str = "") -> Found[ProposalCard]:
    visible = visible_proposals(request.viewer)
    return proposal_cards.on_request(request.db, visible, wanted.id, at=now(), after=after)


def remember_first_view(request: Request, request_id: int, shown: list[ProposalCard]) -> None:
    unseen = [card.id for card in shown if card.is_unseen_by(request.viewer.id)]
    if unseen:
        request.afterwards(mark_viewed, request_id, unseen, request.viewer)


def status_named(word: str) -> ProposalStatus | None:
    """Which of a coach's proposals are asked for; "" is all of them."""
    if word and word not in SENT:
        raise NotFound
    return ProposalStatus(word) if word else None
