"""Messages that have stayed unread: who is to be told of them now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from db.models.accounts import Account, Side
from db.models.messages import Message
from db.models.threads import Thread

MOST = 500  # at one look


def due(db: Session, at: datetime) -> Sequence[tuple[int, Side]]:
    """Threads whose reader on this side has waited long enough, the longest first."""
    found: list[tuple[int, Side]] = []
    for side in Side:
        _, waits = _of(side)
        query = select(Thread.id).where(waits <= at).order_by(waits).limit(MOST)
        found += [(number, side) for number in db.scalars(query)]
    return found


def held(db: Session, thread_id: int, side: Side, at: datetime) -> Thread | None:
    """One of these, held; None when its reader is no longer to be told, or busy at this moment.

    Whoever writes holds the thread first, then themselves; nothing waits here, so that the two
    never wait for each other.
    """
    reader, waits = _of(side)
    reader_id = select(reader).where(Thread.id == thread_id, waits <= at).scalar_subquery()
    person = select(Account.id).where(Account.id == reader_id)
    if db.scalar(person.with_for_update(skip_locked=True, key_share=True)) is None:
        return None
    query = (
        select(Thread)
        .where(Thread.id == thread_id, waits <= at)
        .options(joinedload(Thread.student), joinedload(Thread.coach))
        .with_for_update(of=Thread, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return db.scalars(query).one_or_none()


def count(db: Session, thread: Thread, reader_id: int) -> int:
    """How many messages there are for a person to read; what staff hid is none."""
    query = select(func.count()).where(
        Message.thread_id == thread.id,
        Message.number > thread.read_by(reader_id),
        Message.sender_id != reader_id,
        Message.hidden_at.is_(None),
    )
    return db.scalars(query).one()


def _of(side: Side) -> tuple[Any, Any]:
    if side is Side.STUDENT:
        return Thread.student_id, Thread.student_waits_at
    return Thread.coach_id, Thread.coach_waits_at
