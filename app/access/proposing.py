"""Small facts about a proposal and the coach who writes it."""

from app.access.facts import state as _state
from app.clock import now
from db.models.proposals import Proposal, ProposalStatus
from db.queries.proposals import ProposalLine
from db.queries.viewers import Viewer

Shown = Proposal | ProposalLine


@_state("This proposal has been sent. You can take it back instead.")
def proposal_is_a_draft(viewer: Viewer, proposal: Shown) -> bool:
    """Nobody but its coach has ever seen it."""
    return proposal.status is ProposalStatus.DRAFT


@_state(
    "This proposal has ended without an answer.",
    {
        ProposalStatus.DRAFT: "This proposal has not been sent yet.",
        ProposalStatus.ACCEPTED: "The student has accepted this proposal.",
        ProposalStatus.DECLINED: "The student has said no to this proposal.",
        ProposalStatus.WITHDRAWN: "You have taken this proposal back.",
        ProposalStatus.NOT_SELECTED: "Someone else was chosen, and this proposal has ended.",
    },
)
def my_proposal_waits(viewer: Viewer, proposal: Shown) -> bool:
    """Sent, not answered, and its own 30 days are not over."""
    return proposal.waits_at(now())
