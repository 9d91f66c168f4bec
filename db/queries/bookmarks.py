"""A coach's bookmarks; nobody else's are ever asked for."""

from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest
from db.queries.learning_requests import RequestCard, card_columns, make_card
from db.queries.paging import Found, page
from db.queries.viewers import Viewer


def find(db: Session, coach_id: int, request_id: int) -> Bookmark | None:
    """This coach's mark on this request, if there is one."""
    return db.get(Bookmark, (coach_id, request_id))


def cards(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], *, at: datetime, after: str
) -> Found[RequestCard]:
    """What the viewer has marked, the latest mark first, with how each request stands now."""
    query = (
        card_columns(viewer)
        .join(Bookmark, Bookmark.request_id == LearningRequest.id)
        .where(Bookmark.coach_id == viewer.id, visible)
    )
    key = (Bookmark.created_at, Bookmark.request_id)
    return page(db, query, key=key, make=partial(make_card, at=at), after=after)


def count(db: Session, viewer: Viewer, visible: ColumnElement[bool]) -> int:
    """How many marks the list shows."""
    query = (
        select(func.count())
        .select_from(Bookmark)
        .join(LearningRequest, LearningRequest.id == Bookmark.request_id)
        .where(Bookmark.coach_id == viewer.id, visible)
    )
    return db.scalars(query).one()
