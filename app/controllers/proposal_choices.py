"""What a student does with the proposals to their request: reads them and answers one."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_proposals
from app.actions.proposal_choices import (
    accept_proposal,
    decline_proposal,
    mark_viewed,
    reopen_proposal,
    shortlist_proposal,
    unshortlist_proposal,
)
from app.clock import now
from app.controllers.invitations import invited_to
from app.controllers.matches import coach_matches_for, proposal_matches
from app.forms.form import Bound, blank
from app.forms.proposal_choices import AcceptForm, DeclineForm, DeclineSeveralForm
from app.labels import choices
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import post
from db.models.learning_requests import LearningRequest
from db.models.proposals import DeclineReason, Proposal
from db.queries import proposal_cards, proposal_choices, proposal_versions
from db.queries.proposal_cards import ProposalCard
from db.queries.proposal_choices import Overview
from db.queries.proposal_sorts import ProposalSort

INDEX = Page("proposals/index", part="proposals/list")
CHOICE = Page("proposals/choice", part="proposals/card")
OUTDATED = Page("proposals/outdated", part="proposals/outdated")


class ProposalChoices(Controller):
    """What is done to one proposal by whoever received it."""

    path = "/proposals/{proposal_id:str}"

    @post("/accept", allow=Permission.ACCEPT_PROPOSAL, name="proposals.accept")
    def accept(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        form = request.filled(AcceptForm, partial(choice_page, request, proposal))
        if form.is_outdated(proposal.version, proposal.updated_at):
            return outdated_page(request, proposal, form.version)
        accept_proposal(request.db, proposal, form, by=request.viewer)
        return done(
            request,
            "proposals/accepted.swaps",
            to=f"/requests/{proposal.request_id}/proposals",
            say="You have accepted the proposal. You can write to each other now.",
            wanted=proposal.learning_request,
            proposal=proposal_cards.one(request.db, proposal.id, at=now()),
        )

    @post("/shortlist", allow=Permission.SHORTLIST_PROPOSAL, name="proposals.shortlist")
    def shortlist(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        shortlist_proposal(request.db, proposal, by=request.viewer)
        return answered(request, proposal)

    @post("/unshortlist", allow=Permission.UNSHORTLIST_PROPOSAL, name="proposals.unshortlist")
    def unshortlist(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        unshortlist_proposal(request.db, proposal, by=request.viewer)
        return answered(request, proposal)

    @post("/decline", allow=Permission.DECLINE_PROPOSAL, name="proposals.decline")
    def decline(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        form = request.filled(DeclineForm, partial(choice_page, request, proposal))
        decline_proposal(request.db, proposal, form, by=request.viewer)
        return answered(request, proposal, "You have said no. The coach can read why.")

    @post("/reopen", allow=Permission.REOPEN_PROPOSAL, name="proposals.reopen")
    def reopen(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        reopen_proposal(request.db, proposal, by=request.viewer)
        return answered(request, proposal, "The proposal is open again. We told the coach.")


def choices_page(
    request: Request, wanted: LearningRequest, several: Bound[DeclineSeveralForm] | None = None
) -> Response[str]:
    """Every proposal to a request, to whoever is to choose."""
    context = everything(request, wanted, several)
    remember_views(request, wanted.id, context["found"].items)
    return show(request, INDEX, **context, invited=invited_to(request, wanted))


def choice_page(
    request: Request, proposal: Proposal, form: Bound[Any] | None = None
) -> Response[str]:
    """One proposal, to whoever is to choose."""
    context = one_of(request, proposal, form)
    remember_views(request, proposal.request_id, [context["proposal"]])
    return show(request, CHOICE, wanted=proposal.learning_request, **context)


def outdated_page(request: Request, proposal: Proposal, version: int | None) -> Response[str]:
    """What was about to be accepted beside what stands now; nothing has happened."""
    older = version and proposal_versions.one(request.db, proposal.id, version)
    wanted, context = proposal.learning_request, one_of(request, proposal)
    return show(request, OUTDATED, status=409, older=older, wanted=wanted, **context)


def answered(request: Request, proposal: Proposal, say: str = "") -> Response[str]:
    """The card as it stands after an answer."""
    to, context = f"/requests/{proposal.request_id}/proposals", one_of(request, proposal)
    return done(request, "proposals/card", to=to, say=say, **context)


def one_of(request: Request, proposal: Proposal, form: Bound[Any] | None = None) -> dict[str, Any]:
    """What the card of one proposal shows."""
    card = proposal_cards.one(request.db, proposal.id, at=now())
    found = coach_matches_for(request, proposal.learning_request, [card.coach_id])
    return {"proposal": card, "matches": found} | decision(form)


def everything(
    request: Request, wanted: LearningRequest, several: Bound[DeclineSeveralForm] | None = None
) -> dict[str, Any]:
    """What the list of proposals shows."""
    found = proposal_matches(request, wanted)
    overview = proposal_choices.overview(request.db, wanted.id, at=now())
    sorts = sorts_for(overview, has_matches=bool(found))
    sort = next((one for one in sorts if one == request.query("sort")), ProposalSort.NEWEST)
    only_waiting = request.query("show") == "waiting"
    listed = proposal_cards.on_request(
        request.db,
        visible_proposals(request.viewer),
        wanted.id,
        sort=sort,
        points={coach_id: match.total for coach_id, match in found.items()},
        at=now(),
        after=request.query("after"),
        only_waiting=only_waiting,
    )
    return decision() | {
        "wanted": wanted,
        "found": listed,
        "sort": sort,
        "sorts": sorts,
        "matches": found,
        "several": several or blank(DeclineSeveralForm),
        "waiting": overview.waiting,
        "only_waiting": only_waiting,
    }


def decision(form: Bound[Any] | None = None) -> dict[str, Any]:
    return {"form": form or blank(DeclineForm), "reasons": choices(DeclineReason)}


def remember_views(request: Request, request_id: int, shown: list[ProposalCard]) -> None:
    unseen = [card for card in shown if card.is_unseen_by(request.viewer.id)]
    if unseen:
        versions = {card.id: (card.version, card.updated_at) for card in unseen}
        request.afterwards(mark_viewed, request_id, versions, request.viewer)


def sorts_for(overview: Overview, *, has_matches: bool) -> list[ProposalSort]:
    """The orders that say something about these proposals."""
    says = {ProposalSort.RATING: overview.rated > 0, ProposalSort.MATCH: has_matches}
    return [sort for sort in ProposalSort if says.get(sort, True)]
