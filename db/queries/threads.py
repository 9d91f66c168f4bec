"""Threads as their two people see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models.accounts import Account, AccountStatus, Side
from db.models.learning_requests import LearningRequest
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import Proposal
from db.models.threads import Thread
from db.queries.paging import SIZE, Found, page
from db.queries.people import student_name
from db.queries.thread_ties import Tie, ties

ACTIVE_AT = func.coalesce(Thread.last_message_at, Thread.created_at)


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


class Terms(msgspec.Struct, frozen=True):
    """The accepted proposal that two people share, and the request it answered."""

    proposal_id: int
    request_id: int
    title: str
    sessions: int
    minutes: int
    price: int
    currency: str

    @property
    def total(self) -> int:
        """What all sessions cost."""
        return self.price * self.sessions


class Other(msgspec.Struct, frozen=True):
    """The other person of an open thread, and where more about them can be read, if anywhere."""

    name: str
    country: str | None
    headline: str
    profile: str

    @property
    def first_name(self) -> str:
        """How one would begin a letter."""
        return self.name.split(" ")[0]


def of_pair(db: Session, student_id: int, coach_id: int, *, held: bool = False) -> Thread | None:
    """The thread of these two, if there is one; held, it waits for this transaction's end."""
    query = select(Thread).where(Thread.student_id == student_id, Thread.coach_id == coach_id)
    if held:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.scalars(query).one_or_none()


def begun_before(
    db: Session, student_id: int, latest: int, *, only_new: bool = False
) -> datetime | None:
    """When a student began their so-many-th latest thread by writing or inviting.

    `only_new`: with a coach whose proposal they have not accepted, before or since.
    """
    query = (
        select(Thread.created_at)
        .where(Thread.student_id == student_id)
        .order_by(Thread.created_at.desc())
        .offset(latest - 1)
        .limit(1)
    )
    if only_new:
        query = query.where(Thread.proposal_id.is_(None))
    else:
        query = query.where(
            or_(Thread.student_wrote_at.is_not(None), Thread.invited_at.is_not(None))
        )
    return db.scalars(query).one_or_none()


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
    mine, _, read = _seen_from(side)
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
    _, other, read = _seen_from(side)
    person = aliased(Account)
    query = (
        select(
            Thread.id,
            other,
            person.first_name,
            person.last_name,
            func.coalesce(Thread.student_wrote_at, Thread.invited_at),
            Thread.proposal_id,
            person.country,
            LearningRequest.title,
            Thread.last_text,
            ACTIVE_AT,
            Thread.last_sender_id == account_id,
            Thread.last_number - read,
            Message.hidden_at.is_not(None),
        )
        .join(person, person.id == other)
        .outerjoin(Proposal, Proposal.id == Thread.proposal_id)
        .outerjoin(LearningRequest, LearningRequest.id == Proposal.request_id)
        .outerjoin(
            Message, and_(Message.thread_id == Thread.id, Message.number == Thread.last_number)
        )
        .where(Thread.id.in_(thread_ids))
    )
    rows = {row[0]: row for row in db.execute(query)}
    untied = [row[1] for row in rows.values() if row[5] is None]
    tied = ties(db, account_id, side, untied, at=at)
    return [_line(side, tied, *rows[number]) for number in thread_ids if number in rows]


def _line(
    side: Side,
    tied: Mapping[int, Tie],
    id_: int,
    other_id: int,
    first: str,
    last: str,
    wrote: datetime | None,
    proposal_id: int | None,
    *rest: Any,
) -> ThreadLine:
    accepted = proposal_id is not None
    name = _name(side, first, last, wrote=wrote is not None, accepted=accepted)
    return ThreadLine(id_, name, None if accepted else tied.get(other_id), *rest)


def _name(side: Side, first: str, last: str, *, wrote: bool, accepted: bool) -> str:
    if side is Side.STUDENT:
        return f"{first} {last}"
    return student_name(first, last, wrote=wrote, accepted=accepted)


def other(db: Session, thread: Thread, side: Side) -> Other:
    """The person across from this side of a thread, as matrix B shows them."""
    wrote = bool(thread.student_wrote_at or thread.invited_at)
    accepted = thread.proposal_id is not None
    person = thread.coach if side is Side.STUDENT else thread.student
    name = _name(side, person.first_name, person.last_name, wrote=wrote, accepted=accepted)
    is_active = person.status is AccountStatus.ACTIVE
    if side is Side.COACH:
        profile = f"/students/{person.id}" if accepted and is_active else ""
        return Other(name, person.country, "", profile)
    query = select(CoachProfile.handle, CoachProfile.headline, CoachProfile.status)
    row = db.execute(query.where(CoachProfile.account_id == person.id)).one_or_none()
    if row is None:
        return Other(name, person.country, "", "")
    listed = is_active and row.status is CoachStatus.APPROVED
    return Other(name, person.country, row.headline, f"/coaches/{row.handle}" if listed else "")


def terms(db: Session, thread: Thread) -> Terms | None:
    """What the two have agreed on, if a proposal was accepted."""
    if thread.proposal_id is None:
        return None
    query = (
        select(
            Proposal.id,
            LearningRequest.id,
            LearningRequest.title,
            Proposal.sessions,
            Proposal.minutes,
            Proposal.price,
            Proposal.currency,
        )
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .where(Proposal.id == thread.proposal_id)
    )
    return Terms(*db.execute(query).one())


def _seen_from(side: Side) -> tuple[Any, Any, Any]:
    """The columns of one side: whose thread it is, the other person, how far it was read."""
    if side is Side.STUDENT:
        return Thread.student_id, Thread.coach_id, Thread.student_read
    return Thread.coach_id, Thread.student_id, Thread.coach_read
