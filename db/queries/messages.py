"""Messages of a thread, by their numbers, which count up without gaps."""

from datetime import datetime

import msgspec
from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from db.models.messages import Message
from db.models.threads import Thread

SHOWN = 30  # what opening a thread shows, and each step back
LARGEST = 2**31 - 1  # PostgreSQL fails on what the column could not hold
CAUGHT_UP = 100  # what one answer to a poll brings at most; the next poll goes on from there


class MessageLine(msgspec.Struct, frozen=True):
    """One message, as one of the two sees it."""

    number: int
    text: str
    sent_at: datetime
    is_mine: bool
    is_hidden: bool = False  # by staff: it stands there, without its words


class Talk(msgspec.Struct, frozen=True):
    """Some messages in a row, between instants of the days that already stand above and below."""

    lines: list[MessageLine]
    above: datetime | None = None
    below: datetime | None = None

    @property
    def first(self) -> int:
        """The number of the first one; 1 for none, since nothing came before."""
        return self.lines[0].number if self.lines else 1

    @property
    def last(self) -> int:
        """The number of the last one, 0 for none."""
        return self.lines[-1].number if self.lines else 0


def latest(db: Session, thread_id: int, reader_id: int, *, before: int | None = None) -> Talk:
    """The last messages of a thread, or the last ones before a number."""
    query = _of_thread(thread_id, reader_id).order_by(Message.number.desc()).limit(SHOWN + 1)
    if before is not None:
        query = query.where(Message.number <= min(before, LARGEST))
    found = [MessageLine(*row) for row in reversed(db.execute(query).all())]
    if found and found[-1].number == before:
        return Talk(found[:-1], found[0].sent_at, found[-1].sent_at)
    lines = found[-SHOWN:]
    return Talk(lines, lines[0].sent_at if lines else None)


def since(db: Session, thread_id: int, reader_id: int, number: int) -> Talk:
    """What came after a number, the oldest first."""
    query = (
        _of_thread(thread_id, reader_id)
        .where(Message.number >= number)
        .order_by(Message.number)
        .limit(CAUGHT_UP + 1)
    )
    found = [MessageLine(*row) for row in db.execute(query)]
    if found and found[0].number == number:
        return Talk(found[1:], found[0].sent_at)
    return Talk(found)


def hidden(db: Session, thread_id: int, reader_id: int) -> list[MessageLine]:
    """What staff have hidden of a thread, which is never much."""
    query = _of_thread(thread_id, reader_id).where(Message.hidden_at.is_not(None))
    return [MessageLine(*row) for row in db.execute(query.order_by(Message.number))]


def last_seen(db: Session, thread_id: int, writer_id: int, read: int) -> int:
    """The number of a person's last message among those the other one has read, 0 for none."""
    query = (
        select(Message.number)
        .where(
            Message.thread_id == thread_id,
            Message.number <= read,
            Message.sender_id == writer_id,
        )
        .order_by(Message.number.desc())
        .limit(1)
    )
    return db.scalars(query).one_or_none() or 0


def sent_before(db: Session, sender_id: int, latest: int, *, at: datetime) -> datetime | None:
    """When a person sent their so-many-th latest message until then, in whatever thread."""
    query = (
        select(Message.created_at)
        .where(Message.sender_id == sender_id, Message.created_at <= at)
        .order_by(Message.created_at.desc())
        .offset(latest - 1)
        .limit(1)
    )
    return db.scalars(query).one_or_none()


def receivers_of(db: Session, sender_id: int, text_key: int, *, since: datetime) -> set[int]:
    """Whom a person has sent the same words since then."""
    receiver = case((Thread.student_id == sender_id, Thread.coach_id), else_=Thread.student_id)
    query = (
        select(receiver)
        .join(Message, Message.thread_id == Thread.id)
        .where(
            Message.sender_id == sender_id,
            Message.text_key == text_key,
            Message.created_at > since,
        )
        .distinct()
    )
    return set(db.scalars(query))


def _of_thread(thread_id: int, reader_id: int) -> Select[int, str, datetime, bool, bool]:
    mine, hidden = Message.sender_id == reader_id, Message.hidden_at.is_not(None)
    words = case((hidden, ""), else_=Message.text)
    return select(Message.number, words, Message.created_at, mine, hidden).where(
        Message.thread_id == thread_id
    )
