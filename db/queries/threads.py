"""Threads as their two people see them."""

from sqlalchemy import Select, func, select
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


def of_pair(db: Session, student_id: int, coach_id: int) -> Thread | None:
    """The thread in which this student and this coach talk, if they ever did."""
    return db.scalars(_of_pair(student_id, coach_id)).one_or_none()


def of_pair_held(db: Session, student_id: int, coach_id: int) -> Thread | None:
    """The same, for writing: nobody else changes it until the transaction ends."""
    query = _of_pair(student_id, coach_id).with_for_update()
    return db.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _of_pair(student_id: int, coach_id: int) -> Select[Thread]:
    return select(Thread).where(Thread.student_id == student_id, Thread.coach_id == coach_id)
