"""Small facts about a proposal and the student who decides on it."""

from datetime import timedelta

from app.access.facts import state as _state
from app.access.predicates import request_runs
from app.clock import now
from db.models.proposals import Proposal, ProposalStatus
from db.queries.proposal_cards import ProposalCard
from db.queries.viewers import Viewer

REOPENED_WITHIN = timedelta(days=7)  # so long a student may take a no back

Shown = Proposal | ProposalCard

# What happened meanwhile, to whoever decides.
ANSWERED = {
    ProposalStatus.ACCEPTED: "You have accepted this proposal.",
    ProposalStatus.DECLINED: "You have said no to this proposal.",
    ProposalStatus.WITHDRAWN: "The coach has withdrawn this proposal.",
    ProposalStatus.NOT_SELECTED: "You chose another coach, and this proposal has ended.",
    ProposalStatus.EXPIRED: "This proposal has ended without an answer.",
}
WAITS = "This proposal is waiting for your answer."


@_state("This proposal has ended without an answer.", ANSWERED)
def waits_for_my_answer(viewer: Viewer, proposal: Shown) -> bool:
    """Sent, not answered, and its own 30 days are not over."""
    return proposal.waits_at(now())


@_state("You have shortlisted this proposal already.")
def is_not_shortlisted(viewer: Viewer, proposal: Shown) -> bool:
    """Waits among all the others."""
    return proposal.status is not ProposalStatus.SHORTLISTED


@_state("This proposal is not on your shortlist.")
def is_shortlisted(viewer: Viewer, proposal: Shown) -> bool:
    """One of the few the student thinks about."""
    return proposal.status is ProposalStatus.SHORTLISTED


@_state(
    "You said no to this proposal more than 7 days ago.",
    {key: words for key, words in ANSWERED.items() if key is not ProposalStatus.DECLINED}
    | {ProposalStatus.SUBMITTED: WAITS, ProposalStatus.SHORTLISTED: WAITS},
)
def was_declined_lately(viewer: Viewer, proposal: Shown) -> bool:
    """The student said no, and may still think again."""
    if proposal.status is not ProposalStatus.DECLINED or proposal.ended_at is None:
        return False
    return now() < proposal.ended_at + REOPENED_WITHIN


@_state("The request has ended, so that no proposal to it can be taken up again.")
def its_request_still_runs(viewer: Viewer, proposal: Shown) -> bool:
    """Open or paused, and not run out meanwhile."""
    return request_runs(proposal)
