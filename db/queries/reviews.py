"""Reviews: what one of the two may read of a contract's, and whom one can review now.

A sealed review leaves the database for its author alone; nothing else may count or order by one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models.accounts import Account, Side
from db.models.contracts import RUNNING_CONTRACTS, Contract
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.reviews import ONGOING_FROM, REPLIED_WITHIN, REVIEWED_WITHIN, Review
from db.models.session_states import SessionStatus
from db.queries.ratings import is_open, opened_at
from db.queries.ratings import rating_of as rating_of
from db.queries.ratings import student_average as student_average

MOST_WAITING = 20


class Written(msgspec.Struct, frozen=True):
    """A review as one of its two people reads it; `opened_at` is None while it is sealed."""

    id: int
    side: Side
    stars: int
    text: str
    is_ongoing: bool
    opens_at: datetime
    opened_at: datetime | None
    reply: str
    can_reply: bool


class OfContract(msgspec.Struct, frozen=True):
    """What one of its two people knows of the reviews of a contract, and can do."""

    side: Side
    mine: Written | None
    theirs: Written | None  # once it is open
    completed: int
    is_over: bool
    can_write: bool
    until: datetime | None  # so long one can, once the contract is over


class Reviewable(msgspec.Struct, frozen=True):
    """A contract one can review now; of the other one, the name that one may know."""

    contract_id: int
    title: str
    first_name: str
    last_name: str
    until: datetime | None

    @property
    def other(self) -> str:
        """Known while a contract runs, and for much longer than the time for reviews after it."""
        return f"{self.first_name} {self.last_name}"


def completed_sessions(at: datetime) -> Any:
    """How many sessions of a contract took place, even if a job is late to write it down."""
    waits = (SessionStatus.PROPOSED, SessionStatus.SCHEDULED, SessionStatus.ENDED)
    unanswered = and_(LearningSession.status.in_(waits), LearningSession.confirm_by <= at)
    took_place = or_(LearningSession.status == SessionStatus.COMPLETED, unanswered)
    query = select(func.count()).where(LearningSession.contract_id == Contract.id, took_place)
    return query.correlate(Contract).scalar_subquery()


# Of one contract.


def of_contract(db: Session, contract_id: int, viewer_id: int, at: datetime) -> OfContract:
    """What one of the two may read, and whether they can write now."""
    columns = (Contract.student_id, Contract.ended_at, completed_sessions(at))
    query = select(*columns).where(Contract.id == contract_id)
    student_id, ended_at, completed = db.execute(query).one()
    both = (Side.STUDENT, Side.COACH)
    side, other = both if viewer_id == student_id else reversed(both)
    found = {review.side: review for review in _readable(db, contract_id, viewer_id, at)}
    until = ended_at and ended_at + REVIEWED_WITHIN
    in_time = at < until if until else side is Side.STUDENT
    enough = completed >= (1 if until else ONGOING_FROM)
    return OfContract(
        side=side,
        mine=found.get(side),
        theirs=found.get(other),
        completed=completed,
        is_over=until is not None,
        can_write=side not in found and in_time and enough,
        until=until,
    )


def _readable(db: Session, contract_id: int, viewer_id: int, at: datetime) -> Sequence[Written]:
    opened = case((is_open(at), opened_at()))
    can_reply = and_(
        Review.about_id == viewer_id,
        Review.side == Side.STUDENT,
        Review.reply == "",
        opened_at() > at - REPLIED_WITHIN,
    )
    query = select(
        Review.id, Review.side, Review.stars, Review.text, Review.is_ongoing, Review.opens_at,
        opened, Review.reply, can_reply,
    ).where(
        Review.contract_id == contract_id, or_(Review.author_id == viewer_id, is_open(at))
    )  # fmt: skip
    return [_written(*row) for row in db.execute(query)]


def _written(*row: Any) -> Written:
    facts: list[Any] = [*row[:-1], bool(row[-1])]
    return Written(*facts)


def waiting(db: Session, viewer_id: int, side: Side, at: datetime) -> list[Reviewable]:
    """The contracts one can review now from this side, those first that close first."""
    me, other = Contract.student_id, Contract.coach_id
    if side is Side.COACH:
        me, other = other, me
    completed, mine = completed_sessions(at), aliased(Review)
    wrote = select(mine.id).where(mine.contract_id == Contract.id, mine.author_id == viewer_id)
    over = and_(Contract.ended_at > at - REVIEWED_WITHIN, completed >= 1)
    runs = and_(Contract.status.in_(RUNNING_CONTRACTS), completed >= ONGOING_FROM)
    query = (
        select(
            Contract.id, LearningRequest.title, Account.first_name, Account.last_name,
            Contract.ended_at,
        )
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .join(Account, Account.id == other)
        .where(me == viewer_id, ~wrote.exists(), or_(over, runs) if side is Side.STUDENT else over)
        .order_by(Contract.ended_at.is_(None), Contract.ended_at, Contract.id)
        .limit(MOST_WAITING)
    )  # fmt: skip
    return [_reviewable(*row) for row in db.execute(query)]


def _reviewable(*row: Any) -> Reviewable:
    facts: list[Any] = [*row[:-1], row[-1] and row[-1] + REVIEWED_WITHIN]
    return Reviewable(*facts)
