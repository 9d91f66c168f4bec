"""A coach's private marks on requests."""

from sqlalchemy.orm import Session

from app.clock import now
from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest
from db.queries import bookmarks
from db.queries.viewers import Viewer

# No history row: who bookmarked what is nobody's business, staff's included.


def bookmark_request(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    """Mark a request; marking it again changes nothing."""
    if bookmarks.find(db, by.id, wanted.id) is None:
        db.add(Bookmark(coach_id=by.id, request_id=wanted.id, created_at=now()))


def unbookmark_request(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    """Take the mark off; where none is, nothing happens."""
    bookmark = bookmarks.find(db, by.id, wanted.id)
    if bookmark is not None:
        db.delete(bookmark)
