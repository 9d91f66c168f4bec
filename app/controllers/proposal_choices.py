"""What a student does with the proposals to their request: reads, accepts and declines them."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_proposals
from app.actions.proposal_choices import accept_proposal, decline_proposal, mark_viewed
from app.clock import now
from app.forms.form import Bound, blank
from app.forms.proposal_choices import DeclineForm
from app.labels import choices
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import post
from db.models.learning_requests import LearningRequest
from db.models.proposals import DeclineReason, Proposal
from db.queries import proposal_cards
from db.queries.paging import Found
from db.queries.proposal_cards import ProposalCard

INDEX = Page("proposals/index", part="proposals/list")
CHOICE = Page("proposals/choice", part="proposals/card")


class ProposalChoices(Controller):
    """What is done to one proposal by whoever received it."""

    path = "/proposals"

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
        form = request.filled(DeclineForm, partial(choice_page, request, proposal))
        decline_proposal(request.db, proposal, form, by=request.viewer)
        return done(
            request,
            "proposals/card",
            to=f"/requests/{proposal.request_id}/proposals",
            say="You have said no to this proposal. The coach can read why.",
            proposal=proposal_cards.one(request.db, proposal.id, at=now()),
            **decision(),
        )


def choices_page(request: Request, wanted: LearningRequest) -> Response[str]:
    """Every proposal to a request, to whoever is to choose."""
    found = cards(request, wanted, after=request.query("after"))
    remember_first_view(request, wanted.id, found.items)
    return show(request, INDEX, wanted=wanted, found=found, **decision())


def choice_page(
    request: Request, proposal: Proposal, form: Bound[DeclineForm] | None = None
) -> Response[str]:
    """One proposal, to whoever is to choose."""
    card = proposal_cards.one(request.db, proposal.id, at=now())
    remember_first_view(request, proposal.request_id, [card])
    wanted = proposal.learning_request
    return show(request, CHOICE, proposal=card, wanted=wanted, **decision(form))


def decision(form: Bound[DeclineForm] | None = None) -> dict[str, Any]:
    return {"form": form or blank(DeclineForm), "reasons": choices(DeclineReason)}


def cards(request: Request, wanted: LearningRequest, *, after: str = "") -> Found[ProposalCard]:
    visible = visible_proposals(request.viewer)
    return proposal_cards.on_request(request.db, visible, wanted.id, at=now(), after=after)


def remember_first_view(request: Request, request_id: int, shown: list[ProposalCard]) -> None:
    unseen = [card.id for card in shown if card.is_unseen_by(request.viewer.id)]
    if unseen:
        request.afterwards(mark_viewed, request_id, unseen, request.viewer)
