"""That a session begins soon, told to both of its people.

A mail waits for the end of quiet hours only where it still comes before the session: whoever
agrees to a time in their quiet hours is awake then.
"""

from sqlalchemy.orm import Session

from app.notify.learning_sessions import tell_one, times
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.queries.session_reminders import Reminder

# Spelled out, so that who looks for a mail finds who sends it.
NAMES = {"day": "session_reminder_day", "hour": "session_reminder_hour"}


def session_reminder(
    db: Session, session: LearningSession, event: Event, reminder: Reminder
) -> None:
    """A day before, or an hour before."""
    two, name = (session.contract.student, session.contract.coach), NAMES[reminder.name]
    for account, other in (two, two[::-1]):
        detail = times(session, session.starts_at)
        tell_one(
            db,
            session,
            event,
            name,
            account=account,
            other=other,
            before=session.starts_at,
            **detail,
        )
