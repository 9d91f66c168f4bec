"""Where a coach changes what they have sent."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.proposal_versions import update_proposal
from app.clock import now
from app.controllers.proposal_forms import answered, currencies
from app.forms.form import Bound
from app.forms.proposal_versions import as_it_stands, form_for, is_outdated, on_top_of
from app.forms.proposals import ProposalForm, asks_for, so_far, total_of
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.proposals import Proposal
from db.queries import learning_request_pages, proposal_cards, proposal_drafts

EDIT = Page("proposals/edit", part="proposals/edit")


class ProposalVersions(Controller):
    """One proposal, written anew by its coach."""

    path = "/proposals/{proposal_id:str}/edit"

    @get("/", allow=Permission.UPDATE_PROPOSAL, name="proposals.edit")
    def edit(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        return edit_page(request, proposal, stored_form(request, proposal))

    @post("/", allow=Permission.UPDATE_PROPOSAL, name="proposals.update")
    def update(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        proposal = request.allowed(Proposal, proposal_id)
        again = partial(edit_page, request, proposal)
        if asks_for("total", request.posted):
            return again(so_far(request.posted))
        answer = answered(request, proposal.request_id)
        kind = form_for(request.posted, proposal.earliest)
        form = request.filled(kind, again, answer=answer)
        stored = stored_form(request, proposal)
        if is_outdated(form, stored):
            return again(on_top_of(request.posted, stored), status=409)
        is_new = update_proposal(request.db, proposal, form, by=request.viewer)
        return go(
            request, f"/proposals/{proposal.id}", say=outcome(proposal, is_new), in_place=True
        )


def stored_form(request: Request, proposal: Proposal) -> Bound[ProposalForm]:
    """The form as what is stored would fill it in."""
    asked = learning_request_pages.questions(request.db, proposal.request_id)
    answers = proposal_drafts.answers_of(request.db, proposal.id)
    texts = {one.id: answers[one.id].text for one in asked if one.id in answers}
    return as_it_stands(proposal, texts, proposal.version)


def edit_page(
    request: Request, proposal: Proposal, form: Bound[Any], *, status: int = 200
) -> Response[str]:
    """The page for changing a proposal; with status 409, what is stored now stands above it."""
    wanted = proposal.learning_request
    newer = proposal_cards.one(request.db, proposal.id, at=now()) if status == 409 else None
    return show(
        request,
        EDIT,
        status=status,
        form=form,
        mine=proposal,
        wanted=wanted,
        asked=learning_request_pages.questions(request.db, wanted.id),
        currencies=currencies(request, wanted.currency, proposal.currency),
        total=total_of(form),
        newer=newer,
    )


def outcome(proposal: Proposal, is_new: bool) -> str:
    """What became of a change."""
    if not is_new:
        return "Nothing was different, so nothing has changed."
    if proposal.first_viewed_at is None:
        return "Your proposal is changed. The student has not read it yet."
    return "Your proposal is changed. The student sees what is different."
