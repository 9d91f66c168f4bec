"""What a student does with several proposals at once: compares them, or says no to them."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.proposal_choices import decline_several_proposals
from app.clock import now
from app.controllers.proposal_choices import choices_page, everything, remember_views
from app.errors import WrongState
from app.forms.proposal_choices import DeclineSeveralForm, numbers
from app.labels import LABELS
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import get, post
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal, ProposalStatus
from db.queries import proposal_cards

COMPARE = Page("proposals/compare", part="proposals/compared")

SIDE_BY_SIDE = (2, 3)


class ProposalComparisons(Controller):
    """Several proposals to one request."""

    path = "/requests/{request_id:str}/proposals"

    @get("/compare", allow=Permission.COMPARE_PROPOSALS, name="proposals.compare")
    def compare(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        chosen = numbers(request.query_params.getall("proposal", []))
        cards = proposal_cards.some(request.db, wanted.id, chosen, at=now())
        found = [card for card in cards if not card.is_hidden_from(request.viewer.id)]
        compared = found if len(found) in SIDE_BY_SIDE else []
        remember_views(request, wanted.id, compared)
        asked = dict.fromkeys(question for one in compared for question, _ in one.answers)
        return show(request, COMPARE, wanted=wanted, compared=compared, questions=list(asked))

    @post("/decline", allow=Permission.DECLINE_SEVERAL_PROPOSALS, name="proposals.decline_several")
    def decline_several(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        form = request.filled(DeclineSeveralForm, partial(choices_page, request, wanted))
        declined, late = decline_several_proposals(request.db, wanted, form, by=request.viewer)
        to, said = f"/requests/{wanted.id}/proposals", in_words(declined, late)
        if not declined:
            raise WrongState(said, to=to)
        shown = everything(request, wanted)
        return done(request, "proposals/list", to=to, say=said, **shown)


def in_words(declined: list[Proposal], late: list[Proposal]) -> str:
    """What became of several proposals at once."""
    said = []
    if declined:
        number = "1 proposal" if len(declined) == 1 else f"{len(declined)} proposals"
        said.append(f"You have said no to {number}. The coaches can read why.")
    if late:
        said.append(f"Ended by then, and as they were: {', '.join(map(_as_it_is, late))}.")
    return " ".join(said)


def _as_it_is(proposal: Proposal) -> str:
    status = ProposalStatus.EXPIRED if proposal.is_pending else proposal.status
    label = LABELS[ProposalStatus][status].lower()
    return f"{proposal.coach.first_name} {proposal.coach.last_name} ({label})"
