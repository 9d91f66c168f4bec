"""What a search finds of a request or a coach, kept as they change."""

from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest


def index_request(db: Session, wanted: LearningRequest) -> None:
    """Let searches find a request as it is now; after whatever they look at has changed."""


def index_coach(db: Session, account_id: int) -> None:
    """Let searches find a coach as they are now; after whatever they look at has changed."""
