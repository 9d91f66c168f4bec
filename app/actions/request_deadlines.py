"""How long a request stands: what moves its deadline, and what happens once it has passed."""

from datetime import timedelta

from app.clock import now
from db.models.learning_requests import RUNNING, LearningRequest

OPEN_FOR = timedelta(days=30)


def touch_request(wanted: LearningRequest) -> None:
    """Its student has done something for it: it stands for another 30 days.

    Only what runs has a deadline; what has ended stays as it is.
    """
    if wanted.status in RUNNING:
        wanted.expires_at = now() + OPEN_FOR
        wanted.warned_at = None
