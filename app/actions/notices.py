"""Notices: read by looking at them, or at the thread they are about."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from app.clock import now
from db.models.notices import Notice

# No history row: it tells what happened to somebody, and is no deed itself.


def mark_notices_read(db: Session, account_id: int, numbers: Sequence[int]) -> None:
    """Note that a person has seen these of their notices."""
    _mark(db, account_id, Notice.id.in_(numbers))


def mark_thread_notices_read(db: Session, account_id: int, thread_id: int) -> None:
    """Note that a person has seen what the notices about this thread tell."""
    _mark(db, account_id, Notice.thread_id == thread_id)


def _mark(db: Session, account_id: int, which: ColumnElement[bool]) -> None:
    unread = (Notice.account_id == account_id, Notice.read_at.is_(None), which)
    db.execute(update(Notice).where(*unread).values(read_at=now()))
