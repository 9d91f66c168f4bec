"""What the badges of the top bar say: how much a person has not read, in one statement."""

import msgspec
from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.notices import Notice
from db.models.threads import Thread
from db.queries.viewers import Viewer


class Unread(msgspec.Struct, frozen=True):
    """Threads of the role view that hold something new, and notices of both sides."""

    threads: int
    notices: int


def unread(db: Session, viewer: Viewer, open_thread: int = 0) -> Unread:
    """What waits elsewhere: the thread being read, and what was told of it, do not count."""
    if viewer.is_guest:
        return Unread(0, 0)
    counts = (_threads(viewer, open_thread), _notices(viewer, open_thread))
    return Unread(*db.execute(select(*counts)).one())


def _threads(viewer: Viewer, open_thread: int) -> ScalarSelect[int]:
    mine, read = Thread.coach_id, Thread.coach_read
    if viewer.role_view is Side.STUDENT:
        mine, read = Thread.student_id, Thread.student_read
    unread = (mine == viewer.id, read < Thread.last_number, Thread.id != open_thread)
    return select(func.count()).select_from(Thread).where(*unread).scalar_subquery()


def _notices(viewer: Viewer, open_thread: int) -> ScalarSelect[int]:
    elsewhere = or_(Notice.thread_id.is_(None), Notice.thread_id != open_thread)
    unread = (Notice.account_id == viewer.id, Notice.read_at.is_(None), elsewhere)
    return select(func.count()).select_from(Notice).where(*unread).scalar_subquery()
