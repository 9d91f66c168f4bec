"""A coach's bookmarks; nobody else's are ever asked for."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, AccountStatus
from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.list_items import UNDO_FOR
from db.queries.learning_requests import RequestCard, card_columns, make_card
from db.queries.paging import Found, page
from db.queries.plans import looked_at
from db.queries.request_deadlines import WARNED_BEFORE, ending
from db.queries.viewers import Viewer, Who
from db.statements import KEY, VIEWER, ask


class Markable(msgspec.Struct, frozen=True):
    """A request as the button beside it needs it: all that the rules ask for, and no more."""

    id: int
    student_id: int
    title: str
    status: RequestStatus
    is_on_hold: bool

    @property
    def is_listed(self) -> bool:
        """Open, and by somebody who is here: anybody may see its page."""
        return self.status is RequestStatus.OPEN and not self.is_on_hold


_student = another(Account)
MARKABLE = select(
    LearningRequest.id,
    LearningRequest.student_id,
    LearningRequest.title,
    LearningRequest.status,
    (_student.status == AccountStatus.SUSPENDED).label("is_on_hold"),
).join(_student, _student.id == LearningRequest.student_id)
_MARK = (
    select(Bookmark.created_at, Bookmark.removed_at)
    .where(Bookmark.coach_id == VIEWER, Bookmark.request_id == KEY)
    .with_for_update()
)


def markable(row: Any) -> Markable:
    """What such a row says."""
    return Markable(*row)


class BookmarkLine(msgspec.Struct, frozen=True):
    """A request one has marked, as it stands now, and what one noted; removed, it can come back."""

    wanted: RequestCard
    note: str
    is_removed: bool


def find(db: Session, coach_id: int, request_id: int) -> Bookmark | None:
    """This coach's mark on this request, even one that was taken off; held, so that it stays."""
    return db.get(Bookmark, (coach_id, request_id), with_for_update=True)


def mark(db: Session, coach_id: int, request_id: int) -> Any:
    """The same as a row of when it was made and taken off, to be changed by a statement."""
    return ask(db, _MARK, viewer=coach_id, key=request_id).one_or_none()


def lines(
    db: Session,
    viewer: Viewer,
    visible: ColumnElement[bool],
    *,
    at: datetime,
    after: str,
    ending_soon: bool = False,
) -> Found[BookmarkLine]:
    """What the viewer has marked, the latest mark first, and what they took off just now."""
    key = (Bookmark.created_at, Bookmark.request_id)
    query = _lines(viewer, visible, at)
    if ending_soon:
        query = query.where(ending(at, at + WARNED_BEFORE))
    return page(db, query, key=key, make=partial(_line, at=at), after=after)


def line(
    db: Session, viewer: Viewer, request_id: int, visible: ColumnElement[bool], *, at: datetime
) -> BookmarkLine | None:
    """One of them."""
    query = _lines(viewer, visible, at).where(Bookmark.request_id == request_id)
    row = db.execute(query).one_or_none()
    return _line(*row, at=at) if row else None


def standing(viewer: Who, visible: ColumnElement[bool]) -> Select[Any]:
    """How many marks one has, inside of another query."""
    return (
        select(func.count())
        .select_from(Bookmark)
        .join(LearningRequest, LearningRequest.id == Bookmark.request_id)
        .where(Bookmark.coach_id == viewer.id, Bookmark.removed_at.is_(None), looked_at(visible))
    )


def is_among(db: Session, request_id: int, visible: ColumnElement[bool]) -> bool:
    """Whether a request is still one of those that may be seen."""
    query = select(LearningRequest.id).where(LearningRequest.id == request_id, visible)
    return db.scalars(query).first() is not None


def _lines(viewer: Viewer, visible: ColumnElement[bool], at: datetime) -> Select[*tuple[Any, ...]]:
    stands = or_(Bookmark.removed_at.is_(None), Bookmark.removed_at > at - UNDO_FOR)
    return (
        card_columns(viewer, at)
        .join(Bookmark, Bookmark.request_id == LearningRequest.id)
        .where(Bookmark.coach_id == viewer.id, stands, visible)
        .add_columns(Bookmark.note, Bookmark.removed_at.is_not(None))
    )


def _line(*row: Any, at: datetime) -> BookmarkLine:
    *card, note, is_removed = row
    return BookmarkLine(make_card(*card, at=at), note, is_removed)
