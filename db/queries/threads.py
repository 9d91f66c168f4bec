"""Threads as their two people see them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models.accounts import AccountStatus, Side
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import Proposal
from db.models.threads import Thread
from db.queries import acquaintances
from db.queries.people import student_name
from db.queries.polls import COACH, FACTS, STUDENT, ThreadFacts, facts_of


class Terms(msgspec.Struct, frozen=True):
    """The accepted proposal that two people share, and the request it answered."""

    proposal_id: int
    contract_id: int | None
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


class OpenThread(ThreadFacts, frozen=True):
    """A thread as whoever writes in it needs it: all that the rules ask for, and no more."""

    id: int
    last_message_at: datetime | None

    def other_of(self, account_id: int) -> int:
        """The person across from one of the two."""
        return self.coach_id if account_id == self.student_id else self.student_id


OPEN = (
    select(*FACTS, Thread.id, Thread.last_message_at)
    .join(STUDENT, STUDENT.id == Thread.student_id)
    .join(COACH, COACH.id == Thread.coach_id)
)


def open_thread(row: Any) -> OpenThread:
    """What such a row says."""
    facts, own = row[: len(FACTS)], row[len(FACTS) :]
    return OpenThread(*facts_of(facts), *own)


def of_pair(db: Session, student_id: int, coach_id: int, *, held: bool = False) -> Thread | None:
    """The thread of these two, if there is one; held, it waits for this transaction's end."""
    query = select(Thread).where(Thread.student_id == student_id, Thread.coach_id == coach_id)
    if held:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.scalars(query).one_or_none()


def begun_before(
    db: Session, student_id: int, latest: int, *, at: datetime, only_new: bool = False
) -> datetime | None:
    """When a student began their so-many-th latest thread until then by writing or inviting.

    `only_new`: with a coach whose proposal they have not accepted, before or since.
    """
    query = (
        select(Thread.created_at)
        .where(Thread.student_id == student_id, Thread.created_at <= at)
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


def name_for(side: Side, first: str, last: str, *, wrote: bool, accepted: bool) -> str:
    """What a person on this side calls the other one; "" while the name is not theirs to know."""
    if side is Side.STUDENT:
        return f"{first} {last}"
    return student_name(first, last, wrote=wrote, accepted=accepted)


def other(db: Session, thread: Thread, side: Side, *, at: datetime) -> Other:
    """The person across from this side of a thread, as matrix B shows them."""
    accepted = thread.proposal_id is not None
    wrote = bool(thread.student_wrote_at or thread.invited_at or accepted)
    if accepted and side is Side.COACH:
        accepted = acquaintances.knows_student(db, thread.id, at=at)
    person = thread.coach if side is Side.STUDENT else thread.student
    name = name_for(side, person.first_name, person.last_name, wrote=wrote, accepted=accepted)
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
            Contract.id,
            LearningRequest.id,
            LearningRequest.title,
            Proposal.sessions,
            Proposal.minutes,
            Proposal.price,
            Proposal.currency,
        )
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .outerjoin(Contract, Contract.proposal_id == Proposal.id)
        .where(Proposal.id == thread.proposal_id)
    )
    return Terms(*db.execute(query).one())


def seen_from(side: Side) -> tuple[Any, Any, Any]:
    """The columns of one side: whose thread it is, the other person, how far it was read."""
    if side is Side.STUDENT:
        return Thread.student_id, Thread.coach_id, Thread.student_read
    return Thread.coach_id, Thread.student_id, Thread.coach_read
