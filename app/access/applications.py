"""Facts about the application of a coach, as staff decide on it."""

from app.access.facts import relation as _relation
from app.access.facts import state as _state
from app.clock import now
from db.models.coach_decisions import is_claimed_by_other
from db.models.profiles import CoachProfile, CoachStatus
from db.queries.viewers import Viewer


@_relation("Somebody else decides on your own application.")
def not_my_application(viewer: Viewer, coach: CoachProfile) -> bool:
    """Nobody decides on themselves."""
    return coach.account_id != viewer.id


@_state(
    "This application is not waiting any more.",
    {
        CoachStatus.DRAFT: "This coach has not sent an application yet.",
        CoachStatus.APPROVED: "This coach has been approved already.",
        CoachStatus.CHANGES_REQUESTED: "This coach has been asked for changes already.",
        CoachStatus.REJECTED: "This application has been turned down already.",
    },
)
def application_waits(viewer: Viewer, coach: CoachProfile) -> bool:
    """Sent, and not decided on."""
    return coach.status is CoachStatus.SUBMITTED


@_state("Somebody else is reading this application at the moment.")
def not_claimed_by_somebody_else(viewer: Viewer, coach: CoachProfile) -> bool:
    """Nobody has claimed it, or oneself has, or the time for it is over."""
    return not is_claimed_by_other(coach, viewer.id, now())


@_state("You no longer hold this application.")
def claimed_it(viewer: Viewer, coach: CoachProfile) -> bool:
    """Holds it, however long ago the time for it was over."""
    return coach.claimed_by_id == viewer.id


@_state("Somebody has looked at these changes already.")
def has_changed_since(viewer: Viewer, coach: CoachProfile) -> bool:
    """The coach has changed what staff look at again."""
    return bool(coach.to_look_at)
