"""Drafts of proposals: they save themselves as they are typed, and can be thrown away."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.proposal_drafts import delete_draft, save_draft
from app.controllers.learning_requests import request_page
from app.controllers.proposal_forms import answered, newer_draft, on_top_of
from app.forms.form import Bound
from app.forms.proposals import ProposalForm, asks_for, so_far
from app.web.refusing import refused
from app.web.request import Request
from app.web.respond import Page, go, show, wants_fragment
from app.web.routes import post
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal

SAVED = Page("learning_requests/show", part="proposals/saved")


class ProposalDrafts(Controller):
    """What a coach has begun to write and not sent."""

    path = ""

    @post(
        "/requests/{request_id:str}/proposals/draft",
        allow=Permission.DRAFT_PROPOSAL,
        name="proposals.draft",
    )
    def draft(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        if asks_for("total", request.posted):
            return request_page(request, wanted, so_far(request.posted))
        return keep(request, wanted)

    @post(
        "/proposals/{proposal_id:str}/delete",
        allow=Permission.DELETE_PROPOSAL,
        name="proposals.delete",
    )
    def delete(self, request: Request, proposal_id: FromPath[str]) -> Response[str]:
        draft = request.allowed(Proposal, proposal_id)
        delete_draft(request.db, draft, by=request.viewer)
        return go(request, "/proposals?status=draft", say="The draft is deleted.", in_place=True)


def keep(request: Request, wanted: LearningRequest) -> Response[str]:
    """Store what was typed, whether by its button or by itself, which takes up no form's key."""
    request.typed(
        ProposalForm, partial(request_page, request, wanted), answer=answered(request, wanted.id)
    )
    newer = newer_draft(request, wanted)
    if newer:
        return outdated(request, wanted, newer)
    draft = save_draft(request.db, wanted, request.posted, by=request.viewer)
    if not wants_fragment(request):
        return go(request, f"/requests/{wanted.id}", say="Your draft is saved.")
    if asks_for("save", request.posted):
        return request_page(request, wanted)
    return show(request, SAVED, draft=draft)


def outdated(
    request: Request, wanted: LearningRequest, newer: Bound[ProposalForm]
) -> Response[str]:
    """What another tab has stored, beside the words that were sent; nothing is stored."""
    if wants_fragment(request) and "action" not in request.posted:
        said = "Not saved: this was changed in another tab. Save your draft to see both."
        return refused(request, "proposals/not_saved.swaps", said, draft=None)
    return request_page(request, wanted, on_top_of(request.posted, newer), newer=newer)
