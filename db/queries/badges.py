"""What the badges of the top bar say: how much a person has not read, in one statement."""

from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, ScalarSelect, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.notices import Notice
from db.models.threads import Thread
from db.queries.viewers import Viewer
from db.statements import VIEWER, ask


class Unread(msgspec.Struct, frozen=True):
    """Threads of the role view that hold something new, and notices of both sides."""

    threads: int
    notices: int

    @property
    def cursor(self) -> str:
        """What a page that shows these numbers says it has seen."""
        return f"{self.threads}-{self.notices}"


def unread(db: Session, viewer: Viewer, open_thread: int = 0) -> Unread:
    """What waits elsewhere: the thread being read, and what was told of it, do not count."""
    if viewer.is_guest:
        return Unread(0, 0)
    values = {"viewer": viewer.id, "open_thread": open_thread}
    return Unread(*ask(db, _unread(viewer.role_view), **values).one())


@cache
def _unread(side: Side) -> Select[int, int]:
    other = bindparam("open_thread", type_=BigInteger)
    return select(unread_threads(VIEWER, side, other), unread_notices(VIEWER, other))


def unread_threads(account_id: Any, side: Side, open_thread: Any) -> ScalarSelect[int]:
    """How many threads of a side, but the open one, hold something new."""
    mine, read = Thread.coach_id, Thread.coach_read
    if side is Side.STUDENT:
        mine, read = Thread.student_id, Thread.student_read
    unread = (mine == account_id, read < Thread.last_number, Thread.id != open_thread)
    return select(func.count()).select_from(Thread).where(*unread).scalar_subquery()


def unread_notices(account_id: Any, open_thread: Any) -> ScalarSelect[int]:
    """How many notices, but those of the open thread, have not been read."""
    elsewhere = or_(Notice.thread_id.is_(None), Notice.thread_id != open_thread)
    unread = (Notice.account_id == account_id, Notice.read_at.is_(None), elsewhere)
    return select(func.count()).select_from(Notice).where(*unread).scalar_subquery()
