"""Messages of a thread, by their numbers, which count up without gaps."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Integer, Select, bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.messages import Message
from db.models.threads import Thread
from db.statements import AT, KEY, VIEWER, ask
from db.types import Instant

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


class Earlier(msgspec.Struct, frozen=True):
    """What a person has sent before: when, and to how many others the same words.

    And how their account stands.
    """

    status: AccountStatus
    sent_at: Sequence[datetime | None]
    others: int


_NUMBER = bindparam("number", type_=Integer)
_hidden = Message.hidden_at.is_not(None)
_OF_THREAD = select(
    Message.number,
    case((_hidden, ""), else_=Message.text),
    Message.created_at,
    Message.sender_id == VIEWER,
    _hidden,
).where(Message.thread_id == KEY)
_LATEST = _OF_THREAD.order_by(Message.number.desc()).limit(SHOWN + 1)
_BEFORE = _LATEST.where(Message.number <= _NUMBER)
_SINCE = _OF_THREAD.where(Message.number >= _NUMBER).order_by(Message.number).limit(CAUGHT_UP + 1)
_HIDDEN = _OF_THREAD.where(_hidden).order_by(Message.number)
_LAST_SEEN = (
    select(Message.number)
    .where(Message.thread_id == KEY, Message.number <= _NUMBER, Message.sender_id == VIEWER)
    .order_by(Message.number.desc())
    .limit(1)
)


def latest(db: Session, thread_id: int, reader_id: int, *, before: int | None = None) -> Talk:
    """The last messages of a thread, or the last ones before a number."""
    if before is None:
        found = _lines(db, _LATEST, thread_id, reader_id)
    else:
        found = _lines(db, _BEFORE, thread_id, reader_id, number=min(before, LARGEST))
    found.reverse()
    if found and found[-1].number == before:
        return Talk(found[:-1], found[0].sent_at, found[-1].sent_at)
    lines = found[-SHOWN:]
    return Talk(lines, lines[0].sent_at if lines else None)


def since(db: Session, thread_id: int, reader_id: int, number: int) -> Talk:
    """What came after a number, the oldest first."""
    found = _lines(db, _SINCE, thread_id, reader_id, number=number)
    if found and found[0].number == number:
        return Talk(found[1:], found[0].sent_at)
    return Talk(found)


def hidden(db: Session, thread_id: int, reader_id: int) -> list[MessageLine]:
    """What staff have hidden of a thread, which is never much."""
    return _lines(db, _HIDDEN, thread_id, reader_id)


def last_seen(db: Session, thread_id: int, writer_id: int, read: int) -> int:
    """The number of a person's last message among those the other one has read, 0 for none."""
    return ask(db, _LAST_SEEN, key=thread_id, viewer=writer_id, number=read).scalar() or 0


def earlier(
    db: Session,
    sender_id: int,
    latest: Sequence[int],
    *,
    at: datetime,
    text_key: int | None,
    since: datetime,
    but: int,
) -> Earlier:
    """When a person sent their so-many-th latest messages until then, in whatever thread.

    And how many people, but this one, they have sent words of this key since then.
    """
    values: dict[str, Any] = {f"before_{place}": most - 1 for place, most in enumerate(latest)}
    if text_key is not None:
        values |= {"text_key": text_key, "since": since, "but": but}
    statement = _earlier(len(latest), has_key=text_key is not None)
    status, *sent_at, others = ask(db, statement, viewer=sender_id, at=at, **values).one()
    return Earlier(status, sent_at, others)


@cache
def _earlier(limits: int, *, has_key: bool) -> Select[*tuple[Any, ...]]:
    sent = (
        select(Message.created_at)
        .where(Message.sender_id == VIEWER, Message.created_at <= AT)
        .order_by(Message.created_at.desc())
        .limit(1)
    )
    sent_at = [
        sent.offset(bindparam(f"before_{place}", type_=Integer)).scalar_subquery()
        for place in range(limits)
    ]
    status = select(Account.status).where(Account.id == VIEWER).scalar_subquery()
    return select(status, *sent_at, _others() if has_key else literal(0))


def _others() -> Any:
    receiver = case((Thread.student_id == VIEWER, Thread.coach_id), else_=Thread.student_id)
    return (
        select(func.count(receiver.distinct()))
        .join(Message, Message.thread_id == Thread.id)
        .where(
            Message.sender_id == VIEWER,
            Message.text_key == bindparam("text_key", type_=BigInteger),
            Message.created_at > bindparam("since", type_=Instant),
            receiver != bindparam("but", type_=BigInteger),
        )
        .scalar_subquery()
    )


def _lines(
    db: Session, statement: Select[*tuple[Any, ...]], thread_id: int, reader_id: int, **more: int
) -> list[MessageLine]:
    found = ask(db, statement, key=thread_id, viewer=reader_id, **more)
    return [MessageLine(*row) for row in found]
