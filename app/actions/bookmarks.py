"""A coach's private marks on requests, and what they noted there."""

from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import WrongState
from app.forms.bookmarks import NoteForm
from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest
from db.models.list_items import UNDO_FOR
from db.queries import bookmarks
from db.queries.bookmarks import Markable
from db.queries.viewers import Viewer
from db.statements import KEY, VIEWER, ask
from db.types import Instant

Wanted = LearningRequest | Markable

# No history row: who bookmarked what is nobody's business, staff's included.


def bookmark_request(db: Session, wanted: Wanted, *, by: Viewer) -> None:
    """Mark a request; marking it again changes nothing.

    A mark that was taken off comes back with its note: a moment later to its old place in the
    list, as if nothing had been, and after that to the top, as a new one.
    """
    at = now()
    mark = bookmarks.mark(db, by.id, wanted.id)
    if mark is None:
        ask(db, _MADE, coach_id=by.id, request_id=wanted.id, created_at=at)
    elif mark.removed_at is not None:
        is_new = mark.removed_at <= at - UNDO_FOR
        _change(db, wanted, by, created=at if is_new else mark.created_at, removed=None)


def unbookmark_request(db: Session, wanted: Wanted, *, by: Viewer) -> None:
    """Take the mark off; where none is, nothing happens."""
    mark = bookmarks.mark(db, by.id, wanted.id)
    if mark is not None and mark.removed_at is None:
        _change(db, wanted, by, created=mark.created_at, removed=now())


def _change(
    db: Session, wanted: Wanted, by: Viewer, *, created: datetime, removed: datetime | None
) -> None:
    ask(db, _CHANGED, viewer=by.id, key=wanted.id, created=created, removed=removed)


_MADE = insert(Bookmark)
_CHANGED = (
    update(Bookmark)
    .where(Bookmark.coach_id == VIEWER, Bookmark.request_id == KEY)
    .values(
        created_at=bindparam("created", type_=Instant),
        removed_at=bindparam("removed", type_=Instant),
    )
)


def note_bookmark(db: Session, wanted: LearningRequest, form: NoteForm, *, by: Viewer) -> None:
    """Write what one wants to remember beside one's mark; no words take the note off."""
    mark = bookmarks.find(db, by.id, wanted.id)
    if mark is None or mark.removed_at is not None:
        raise WrongState("You have not bookmarked this request.", to="/bookmarks")
    mark.note = form.note
