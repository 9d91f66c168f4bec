"""How a session can stand, what leads where, and how long each waits."""

from datetime import datetime, timedelta
from enum import StrEnum

from db.models.moves import Moves


class SessionStatus(StrEnum):
    UNSCHEDULED = "unscheduled"
    PROPOSED = "proposed"  # a time is offered; an agreed one, if there is one, still holds
    SCHEDULED = "scheduled"
    ENDED = "ended"
    COMPLETED = "completed"
    NO_SHOW_STUDENT = "no_show_student"
    NO_SHOW_COACH = "no_show_coach"
    PROBLEM = "problem"
    RESOLVED = "resolved"  # it counts for nothing: nothing is owed
    CANCELLED_EARLY = "cancelled_early"
    CANCELLED_LATE = "cancelled_late"
    VOID = "void"


ANSWERED_WITHIN = timedelta(hours=48)  # an offered time
CONFIRMED_WITHIN = timedelta(hours=72)  # after its end; then it counts as completed
MISSED_AFTER = timedelta(minutes=10)  # who waits may say so
LINK_SHOWN = timedelta(hours=1)  # before the start
SLOT = timedelta(minutes=5)  # times are multiples of it

AGREED = (SessionStatus.SCHEDULED, SessionStatus.PROPOSED)  # as far as they have a time
CALLED_OFF = (SessionStatus.CANCELLED_EARLY, SessionStatus.CANCELLED_LATE, SessionStatus.VOID)
NO_SHOWS = (SessionStatus.NO_SHOW_STUDENT, SessionStatus.NO_SHOW_COACH)
# Somebody has said that it went otherwise than agreed, and nobody has decided yet.
DISPUTED = (*NO_SHOWS, SessionStatus.PROBLEM)
# Nothing changes them any more.
FINISHED = (
    SessionStatus.COMPLETED,
    SessionStatus.RESOLVED,
    SessionStatus.CANCELLED_EARLY,
    SessionStatus.CANCELLED_LATE,
    SessionStatus.VOID,
)

MOVES: Moves[SessionStatus] = {
    SessionStatus.UNSCHEDULED: frozenset({SessionStatus.PROPOSED, SessionStatus.VOID}),
    SessionStatus.PROPOSED: frozenset({SessionStatus.SCHEDULED, SessionStatus.UNSCHEDULED}),
    SessionStatus.SCHEDULED: frozenset(
        {
            SessionStatus.PROPOSED,
            SessionStatus.CANCELLED_EARLY,
            SessionStatus.CANCELLED_LATE,
            SessionStatus.ENDED,
        }
    ),
    SessionStatus.ENDED: frozenset({SessionStatus.COMPLETED, *DISPUTED}),
    **{one: frozenset({SessionStatus.COMPLETED, SessionStatus.RESOLVED}) for one in DISPUTED},
    **{one: frozenset() for one in FINISHED},
}


def status_at(
    status: SessionStatus,
    *,
    starts_at: datetime | None,
    ends_at: datetime | None,
    answer_by: datetime | None,
    confirm_by: datetime | None,
    at: datetime,
) -> SessionStatus:
    """How a session stands at a moment, even if the clock's job is late to write it down."""
    if status is SessionStatus.PROPOSED and answer_by is not None and answer_by <= at:
        status = SessionStatus.SCHEDULED if starts_at else SessionStatus.UNSCHEDULED
    if status is SessionStatus.SCHEDULED and ends_at is not None and ends_at <= at:
        status = SessionStatus.ENDED
    if status is SessionStatus.ENDED and confirm_by is not None and confirm_by <= at:
        status = SessionStatus.COMPLETED
    return status
