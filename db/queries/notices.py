"""What a person was told, for their list; matrix B is asked anew at each look."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, Side
from db.models.notices import Notice, NoticeKind
from db.models.threads import Thread
from db.queries.paging import Found, cursor_values, page
from db.queries.people import student_name

KEY = (Notice.id,)
UNREAD = Notice.read_at.is_(None)


class NoticeLine(msgspec.Struct, frozen=True):
    """A row of the list; of a thread it has the other one, "" while their name is not known."""

    who: str
    country: str | None
    id: int
    kind: NoticeKind
    name: str
    path: str
    detail: dict[str, Any]
    told_at: datetime
    is_read: bool


def lines(db: Session, account_id: int, *, after: str = "") -> Found[NoticeLine]:
    """Everything a person was told, the newest first."""
    is_student = Thread.student_id == account_id
    other_id = case((is_student, Thread.coach_id), else_=Thread.student_id)
    query = (
        select(
            Account.first_name,
            Account.last_name,
            func.coalesce(Thread.student_wrote_at, Thread.invited_at),
            Thread.proposal_id,
            Notice.side,
            Account.country,
            Notice.id,
            Notice.kind,
            Notice.name,
            Notice.path,
            Notice.detail,
            Notice.created_at,
            Notice.read_at.is_not(None),
        )
        .outerjoin(Thread, Thread.id == Notice.thread_id)
        .outerjoin(Account, Account.id == other_id)
        .where(Notice.account_id == account_id)
    )
    return page(db, query, key=KEY, make=_line, after=after)


def _line(
    first: str | None,
    last: str,
    wrote: datetime | None,
    proposal_id: int | None,
    side: Side | None,
    country: str | None,
    *rest: Any,
) -> NoticeLine:
    who = f"{first} {last}" if first else ""
    if first and side is not Side.STUDENT:
        who = student_name(first, last, wrote=wrote is not None, accepted=proposal_id is not None)
    return NoticeLine(who, country, *rest)


def told_before(db: Session, account_id: int, after: str) -> datetime | None:
    """When a person was told of what a page of their list follows, for the day above it."""
    if not after:
        return None
    [last] = cursor_values(after, KEY)
    query = select(Notice.created_at).where(Notice.id == last, Notice.account_id == account_id)
    return db.scalars(query).one_or_none()


def wait_in(db: Session, account_id: int, thread_id: int) -> bool:
    """Whether a person has not read all they were told about this thread."""
    waiting = exists().where(Notice.account_id == account_id, UNREAD, Notice.thread_id == thread_id)
    return bool(db.scalar(select(waiting)))
