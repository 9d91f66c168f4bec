"""A coach's bookmarks; nobody else's are ever asked for."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest, RequestStatus
from db.queries.paging import Found, page
from db.queries.viewers import Viewer


class BookmarkCard(msgspec.Struct, frozen=True):
    """A marked request as the list shows it."""

    id: int
    title: str
    status: RequestStatus
    marked_at: datetime


def find(db: Session, coach_id: int, request_id: int) -> Bookmark | None:
    """This coach's mark on this request, if there is one."""
    return db.get(Bookmark, (coach_id, request_id))


def cards(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], *, after: str
) -> Found[BookmarkCard]:
    """The viewer's marks, the latest first, with how each request stands now."""
    query = (
        select(
            LearningRequest.id, LearningRequest.title, LearningRequest.status, Bookmark.created_at
        )
        .join(Bookmark, Bookmark.request_id == LearningRequest.id)
        .where(Bookmark.coach_id == viewer.id, visible)
    )
    key = (Bookmark.created_at, Bookmark.request_id)
    return page(db, query, key=key, make=BookmarkCard, after=after)
