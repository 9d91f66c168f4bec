"""The inbox: each thread in one line, as one of its two people sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Executable, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, Side
from db.models.learning_requests import LearningRequest
from db.models.messages import Message
from db.models.proposals import Proposal
from db.models.threads import Thread
from db.queries.acquaintances import is_known
from db.queries.paging import SIZE, Found, page
from db.queries.people import KNOWN_FOR
from db.queries.thread_ties import Tie, ties
from db.queries.threads import name_for, seen_from
from db.statements import VIEWER, ask
from db.types import Instant

ACTIVE_AT = func.coalesce(Thread.last_message_at, Thread.created_at)
_person = another(Account)


class ThreadLine(msgspec.Struct, frozen=True):
    """A row of the inbox, from one person's side; `name` is "" while it is not theirs to know."""

    id: int
    name: str
    tie: Tie | None  # what connects the two as long as there is no contract
    country: str | None
    title: str | None  # of the request whose proposal was accepted
    last_text: str
    active_at: datetime
    is_mine: bool
    unread: int
    is_hidden: bool = False  # the last message, by staff


def newest(db: Session, account_id: int, side: Side) -> tuple[datetime | None, int]:
    """When the latest words came or went in a person's threads on one side, and how many there are.

    The number grows with every message, also with one whose instant is not the latest because its
    writer waited for a lock.
    """
    mine, _, _ = seen_from(side)
    said = func.coalesce(func.sum(Thread.last_number), 0)
    query = select(func.max(Thread.last_message_at), said).where(mine == account_id)
    latest, number = db.execute(query).one()
    return latest, int(number)


def lines(
    db: Session,
    account_id: int,
    side: Side,
    *,
    at: datetime,
    after: str = "",
    size: int = SIZE,
    only_unread: bool = False,
) -> Found[ThreadLine]:
    """A person's threads on one of their sides, those with the newest words first."""
    mine, _, read = seen_from(side)
    query = select(Thread.id).where(mine == account_id)
    if only_unread:
        query = query.where(read < Thread.last_number)
    key = (ACTIVE_AT, Thread.id)
    found = page(db, query, key=key, make=int, after=after, size=size)
    return Found(lines_of(db, account_id, side, found.items, at=at), found.next)


def lines_of(
    db: Session, account_id: int, side: Side, thread_ids: Sequence[int], *, at: datetime
) -> list[ThreadLine]:
    """These threads of a person's one side, in this order."""
    if not thread_ids:
        return []
    since = at - KNOWN_FOR
    found = ask(db, _these(side), viewer=account_id, ended_after=since, ids=list(thread_ids))
    rows = {row[0]: row for row in found}
    untied = [row[1] for row in rows.values() if row[5] is None]
    tied = ties(db, account_id, side, untied, at=at)
    return [_line(side, tied, *rows[number]) for number in thread_ids if number in rows]


def unread(
    db: Session, account_id: int, side: Side, *, at: datetime, most: int
) -> list[ThreadLine]:
    """The liveliest of a person's threads with something new, without what else connects the two.

    By one statement, for pages that ask much besides.
    """
    rows = ask(db, _unread(side, most), viewer=account_id, ended_after=at - KNOWN_FOR)
    return [_line(side, {}, *row) for row in rows]


@cache
def _these(side: Side) -> Executable:
    return _facts(side).where(Thread.id.in_(bindparam("ids", expanding=True)))


@cache
def _unread(side: Side, most: int) -> Executable:
    mine, _, read = seen_from(side)
    query = _facts(side).where(mine == VIEWER, read < Thread.last_number)
    return query.order_by(ACTIVE_AT.desc(), Thread.id.desc()).limit(most)


def _facts(side: Side) -> Select[*tuple[Any, ...]]:
    _, other, read = seen_from(side)
    person = _person
    return (
        select(
            Thread.id,
            other,
            person.first_name,
            person.last_name,
            func.coalesce(Thread.student_wrote_at, Thread.invited_at),
            Thread.proposal_id,
            is_known(ended_after=bindparam("ended_after", type_=Instant)),
            person.country,
            LearningRequest.title,
            Thread.last_text,
            ACTIVE_AT,
            Thread.last_sender_id == VIEWER,
            Thread.last_number - read,
            Message.hidden_at.is_not(None),
        )
        .join(person, person.id == other)
        .outerjoin(Proposal, Proposal.id == Thread.proposal_id)
        .outerjoin(LearningRequest, LearningRequest.id == Proposal.request_id)
        .outerjoin(
            Message, and_(Message.thread_id == Thread.id, Message.number == Thread.last_number)
        )
    )


def _line(
    side: Side,
    tied: Mapping[int, Tie],
    id_: int,
    other_id: int,
    first: str,
    last: str,
    wrote: datetime | None,
    proposal_id: int | None,
    known: bool,
    *rest: Any,
) -> ThreadLine:
    accepted = proposal_id is not None
    has_name = accepted or wrote is not None
    name = name_for(side, first, last, wrote=has_name, accepted=bool(known))
    return ThreadLine(id_, name, None if accepted else tied.get(other_id), *rest)
