"""Matrix A of the rules: who may write to whom.

Asked of entities, and of the small rows of polls that carry the same few attributes.
"""

from typing import Any

from app.access.facts import person as _person
from app.access.facts import relation as _relation
from app.access.facts import state as _state
from db.models.accounts import AccountStatus
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import Proposal
from db.queries.viewers import Viewer

# Starting.


@_relation("You cannot write to yourself.")
def not_myself(viewer: Viewer, coach: CoachProfile) -> bool:
    """Somebody else's profile."""
    return coach.account_id != viewer.id


@_relation("You have blocked this coach. Take that back in your thread, and you can write again.")
def have_not_blocked_the_coach(viewer: Viewer, coach: CoachProfile) -> bool:
    """As far as oneself is concerned; that the other one did is never said."""
    return coach.account_id not in viewer.blocks


@_person("Coaches are written to from the student side of an account, and yours has none yet.")
def writes_as_a_student(viewer: Viewer) -> bool:
    """Has a student side to write to coaches from."""
    return viewer.is_student


@_relation("This coach cannot be written to at the moment.")
def coach_can_be_written_to(viewer: Viewer, coach: CoachProfile) -> bool:
    """Approved, not suspended, and neither has blocked the other: which of it stays private."""
    is_here = coach.status is CoachStatus.APPROVED and coach.account.status is AccountStatus.ACTIVE
    return is_here and not viewer.is_apart_from(coach.account_id)


@_relation("Proposals to this request cannot be sent at the moment.")
def student_can_be_reached(viewer: Viewer, wanted: Any) -> bool:
    """Neither has blocked the other. In neutral words: the student has no name here."""
    return not viewer.is_apart_from(wanted.student_id)


@_relation("This proposal cannot be changed at the moment.")
def its_student_can_be_reached(viewer: Viewer, proposal: Any) -> bool:
    """The same of a proposal that was sent before."""
    wanted = proposal.learning_request if isinstance(proposal, Proposal) else proposal
    return not viewer.is_apart_from(wanted.student_id)


@_relation("This coach cannot be chosen at the moment.")
def its_coach_can_be_reached(viewer: Viewer, proposal: Any) -> bool:
    """Neither has blocked the other: accepting would open a thread and show who the student is."""
    return not viewer.is_apart_from(proposal.coach_id)


# Going on.


@_relation("Only the two people in this thread can write here.")
def is_a_party(viewer: Viewer, thread: Any) -> bool:
    """The student or the coach of the thread."""
    return viewer.id in (thread.student_id, thread.coach_id)


@_relation("Messages cannot be sent in this thread at the moment.")
def both_can_be_reached(viewer: Viewer, thread: Any) -> bool:
    """Neither side is suspended, neither has blocked the other: which of it stays private."""
    both = (thread.student.status, thread.coach.status)
    return both == (AccountStatus.ACTIVE, AccountStatus.ACTIVE) and not thread.is_blocked


@_relation(
    "You can write here once the student has written to you, invited you or accepted your proposal."
)
def contact_has_begun(viewer: Viewer, thread: Any) -> bool:
    """The student may always go on; the coach once the student made contact."""
    if viewer.id == thread.student_id:
        return True
    return any((thread.student_wrote_at, thread.invited_at, thread.proposal_id))


# Blocks.


@_state("You have blocked this person already.")
def have_not_blocked_them(viewer: Viewer, thread: Any) -> bool:
    """As far as oneself is concerned, the other one may write."""
    return thread.other_of(viewer.id) not in viewer.blocks


@_state("You have not blocked this person.")
def have_blocked_them(viewer: Viewer, thread: Any) -> bool:
    """Oneself, whatever the other one did."""
    return thread.other_of(viewer.id) in viewer.blocks
