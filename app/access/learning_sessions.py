"""Facts about a session: how it stands now, and what each of its two may do about its time."""

from app.access.facts import relation as _relation
from app.access.facts import state as _state
from app.clock import now
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus
from db.queries.session_rows import SessionRow
from db.queries.viewers import Viewer

Shown = LearningSession | SessionRow

IS_OVER = {
    SessionStatus.COMPLETED: "This session is completed.",
    SessionStatus.RESOLVED: "This session has been settled.",
    SessionStatus.CANCELLED_EARLY: "This session was cancelled.",
    SessionStatus.CANCELLED_LATE: "This session was cancelled.",
    SessionStatus.VOID: "This session will not take place, since its contract has ended.",
    SessionStatus.ENDED: "This session is over.",
    SessionStatus.NO_SHOW_STUDENT: "This session is over.",
    SessionStatus.NO_SHOW_COACH: "This session is over.",
    SessionStatus.PROBLEM: "This session is over.",
}
NO_TIME = {SessionStatus.UNSCHEDULED: "This session has no time yet."}
HAS_A_TIME = {SessionStatus.SCHEDULED: "The time of this session is agreed."}
NOT_OFFERED = {SessionStatus.UNSCHEDULED: "No time is offered for this session any more."}
NONE_AGREED = {SessionStatus.PROPOSED: "No time that lies ahead is agreed for this session."}
OFFERED = {SessionStatus.PROPOSED: "A time is offered already. Have a look at it first."}


@_relation("No time can be agreed on for this session at the moment.")
def both_are_here(viewer: Viewer, session: Shown) -> bool:
    """Neither is suspended. In neutral words: which of the two, and why, stays private."""
    if isinstance(session, SessionRow):
        return session.are_both_here
    two = (session.contract.student, session.contract.coach)
    return not any(person.is_suspended for person in two)


@_state("This session has begun.", IS_OVER | OFFERED)
def can_get_a_time(viewer: Viewer, session: Shown) -> bool:
    """It has no time, or one that may still be moved."""
    status = session.status_at(now())
    return status is SessionStatus.UNSCHEDULED or lies_ahead(session)


@_state("This offer has run out.", IS_OVER | NOT_OFFERED | HAS_A_TIME)
def a_time_is_offered(viewer: Viewer, session: Shown) -> bool:
    """One of the two waits for the answer of the other."""
    return session.status_at(now()) is SessionStatus.PROPOSED


@_relation("You have offered this time yourself. The other one answers it.")
def the_other_offers(viewer: Viewer, session: Shown) -> bool:
    """It is the viewer's to answer."""
    return session.offered_by is not session.side_of(viewer.id)


@_relation("Only who offered this time can take it back.")
def offers_it_myself(viewer: Viewer, session: Shown) -> bool:
    """It is the viewer's to take back."""
    return session.offered_by is session.side_of(viewer.id)


@_state("This session has begun.", IS_OVER | NO_TIME | NONE_AGREED)
def can_be_cancelled(viewer: Viewer, session: Shown) -> bool:
    """Its time is agreed, and has not come, whatever is offered in its place."""
    at, starts_at = now(), session.starts_at
    is_agreed = session.status_at(at) in (SessionStatus.SCHEDULED, SessionStatus.PROPOSED)
    return is_agreed and starts_at is not None and at < starts_at


@_state("This session is over.", IS_OVER)
def is_not_over(viewer: Viewer, session: Shown) -> bool:
    """People may still need to know where it is."""
    return session.status_at(now()) in (
        SessionStatus.UNSCHEDULED,
        SessionStatus.PROPOSED,
        SessionStatus.SCHEDULED,
    )


def lies_ahead(session: Shown) -> bool:
    """Its time is agreed, nothing else is offered, and it has not begun."""
    at = now()
    is_agreed = session.status_at(at) is SessionStatus.SCHEDULED
    return is_agreed and session.starts_at is not None and at < session.starts_at
