"""The fact about a session that a calendar asks for."""

from app.access.facts import state as _state
from db.models.learning_sessions import LearningSession
from db.queries.viewers import Viewer


@_state("No time is agreed for this session yet.")
def has_an_agreed_time(viewer: Viewer, session: LearningSession) -> bool:
    """Its two agreed on a time; it may be over, or called off since."""
    return session.starts_at is not None
