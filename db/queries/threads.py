"""Threads as their two people see them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.threads import Thread
from db.queries.viewers import Viewer


def unread_count(db: Session, viewer: Viewer, open_thread: int = 0) -> int:
    """How many threads of the role view hold something new; the one being read does not count."""
    if viewer.is_guest:
        return 0
    student = viewer.role_view is Side.STUDENT
    mine = Thread.student_id if student else Thread.coach_id
    read = Thread.student_read if student else Thread.coach_read
    query = select(func.count()).where(
        mine == viewer.id, read < Thread.last_number, Thread.id != open_thread
    )
    return db.scalars(query).one()
