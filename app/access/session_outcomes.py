"""Facts about how a session went: what each of its two may say of it, and what staff decide."""

from datetime import datetime

from app.access.facts import relation as _relation
from app.access.facts import state as _state
from app.clock import now
from db.models.learning_sessions import LearningSession
from db.models.session_states import DISPUTED, MISSED_AFTER, SessionStatus
from db.queries.viewers import Viewer

IS_FINISHED = {
    SessionStatus.COMPLETED: "This session is completed.",
    SessionStatus.RESOLVED: "This session has been settled: nothing is owed for it.",
    SessionStatus.CANCELLED_EARLY: "This session was cancelled.",
    SessionStatus.CANCELLED_LATE: "This session was cancelled.",
    SessionStatus.VOID: "This session did not take place, since its contract has ended.",
}
# Still written down as over, while its 72 hours have passed.
IS_LATE = {
    SessionStatus.ENDED: "This session counts as completed: it was not reported within 72 hours.",
}
IS_REPORTED = {
    SessionStatus.NO_SHOW_STUDENT: "The coach has reported that the student did not come.",
    SessionStatus.NO_SHOW_COACH: "The student has reported that the coach did not come.",
    SessionStatus.PROBLEM: "A problem with this session has been reported.",
}


@_state("This session is not over yet, or counts as completed already.", IS_FINISHED | IS_LATE)
def can_be_confirmed(viewer: Viewer, session: LearningSession) -> bool:
    """It is over, whatever was reported about it, and not finished."""
    return session.status_at(now()) in (SessionStatus.ENDED, *DISPUTED)


@_state(
    "You can say that somebody did not come from ten minutes after the start, and until 72 hours"
    " after the end.",
    IS_FINISHED | IS_REPORTED | IS_LATE,
)
def can_be_missed(viewer: Viewer, session: LearningSession) -> bool:
    """Somebody has waited long enough for the other one."""
    at = now()
    return session.status_at(at) is SessionStatus.ENDED or has_been_waited_for(session, at)


@_state(
    "A problem can be reported once the session is over, for 72 hours.",
    IS_FINISHED | IS_REPORTED | IS_LATE,
)
def can_have_a_problem(viewer: Viewer, session: LearningSession) -> bool:
    """It is over, and nobody has confirmed or reported it."""
    return session.status_at(now()) is SessionStatus.ENDED


@_state("Nobody has reported anything about this session.", IS_FINISHED)
def is_disputed(viewer: Viewer, session: LearningSession) -> bool:
    """Somebody has said that it went otherwise than agreed, and nobody has decided."""
    return session.status in DISPUTED


@_state("This session was not counted.")
def was_counted(viewer: Viewer, session: LearningSession) -> bool:
    """Something was posted for it. Staff find only what was reported, so no late cancellation."""
    return session.status is SessionStatus.COMPLETED


@_relation("Somebody else decides about this session, since it is one of your own.")
def not_my_session(viewer: Viewer, session: LearningSession) -> bool:
    """The viewer is neither its student nor its coach."""
    return viewer.id not in (session.student_id, session.coach_id)


def has_been_waited_for(session: LearningSession, at: datetime) -> bool:
    """It runs, and whoever is missing is ten minutes late."""
    runs = session.status_at(at) is SessionStatus.SCHEDULED
    return runs and session.starts_at is not None and session.starts_at + MISSED_AFTER <= at
