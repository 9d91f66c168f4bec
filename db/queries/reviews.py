"""Reviews: what is open to whom, what is said of a coach, and whom one can review now.

A sealed review leaves the database for its author alone; nothing else may count or order by one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models.accounts import Account, Side
from db.models.contracts import RUNNING_CONTRACTS, Contract
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.reviews import (
    ONGOING_FROM,
    REPLIED_WITHIN,
    REVIEWED_WITHIN,
    SHOWN_FROM,
    Review,
)
from db.models.session_states import SessionStatus
from db.queries.paging import Found, page

MOST_WAITING = 20
# When it opened, or will: a job that is late to write this down changes neither order nor month.
OPENED_AT = func.coalesce(Review.published_at, Review.opens_at)


class Rating(msgspec.Struct, frozen=True):
    """How often a coach was given each number of stars, the most first."""

    stars: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many reviews there are."""
        return sum(count for _, count in self.stars)

    @property
    def average(self) -> int | None:
        """In hundredths of a star; None before there are three reviews."""
        return average(sum(stars * count for stars, count in self.stars), self.count)


class Average(msgspec.Struct, frozen=True):
    """What coaches give a student, in hundredths of a star."""

    average: int
    count: int


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

    @property
    def is_ongoing(self) -> bool:
        """Whether what is written now is marked as written before the end."""
        return not self.is_over


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


class PublicReview(msgspec.Struct, frozen=True):
    """What anybody reads of a student's review: who wrote it is known by their country only."""

    id: int
    stars: int
    text: str
    is_ongoing: bool
    country: str | None
    opened_at: datetime
    reply: str


def average(total: int, count: int) -> int | None:
    """A mean in hundredths, half a hundredth rounded up; None of fewer than three."""
    return (200 * total + count) // (2 * count) if count >= SHOWN_FROM else None


# Conditions.


def is_open(at: datetime, of: Any = Review) -> ColumnElement[bool]:
    """Published, or to be published by a job that is late."""
    return or_(of.published_at.is_not(None), of.opens_at <= at)


def about(account_id: Any, by: Side, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What people of a side said of somebody, as far as it is open."""
    return Review.about_id == account_id, Review.side == by, is_open(at)


def completed_sessions(at: datetime) -> Any:
    """How many sessions of a contract took place, even if a job is late to write it down."""
    waits = (SessionStatus.PROPOSED, SessionStatus.SCHEDULED, SessionStatus.ENDED)
    unanswered = and_(LearningSession.status.in_(waits), LearningSession.confirm_by <= at)
    took_place = or_(LearningSession.status == SessionStatus.COMPLETED, unanswered)
    query = select(func.count()).where(LearningSession.contract_id == Contract.id, took_place)
    return query.correlate(Contract).scalar_subquery()


# Of one coach, and of one student.


def rating_of(db: Session, coach_id: int, at: datetime) -> Rating:
    """What students gave a coach, counted anew."""
    query = select(Review.stars, func.count()).where(*about(coach_id, Side.STUDENT, at))
    given = dict(db.execute(query.group_by(Review.stars)).all())
    return Rating(tuple((stars, given.get(stars, 0)) for stars in (5, 4, 3, 2, 1)))


def of_coach(db: Session, coach_id: int, at: datetime, *, after: str = "") -> Found[PublicReview]:
    """The reviews of a coach, those opened last first."""
    query = (
        select(
            Review.id, Review.stars, Review.text, Review.is_ongoing, Account.country, OPENED_AT,
            Review.reply,
        )
        .join(Account, Account.id == Review.author_id)
        .where(*about(coach_id, Side.STUDENT, at))
    )  # fmt: skip
    return page(db, query, key=(OPENED_AT, Review.id), make=PublicReview, after=after)


def student_average(db: Session, student_id: int, at: datetime) -> Average | None:
    """What coaches gave a student; None before there are three reviews."""
    query = select(func.sum(Review.stars), func.count()).where(*about(student_id, Side.COACH, at))
    total, count = db.execute(query).one()
    mean = average(total or 0, count)
    return None if mean is None else Average(mean, count)


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
    opened = case((is_open(at), OPENED_AT))
    can_reply = and_(
        Review.about_id == viewer_id,
        Review.side == Side.STUDENT,
        Review.reply == "",
        OPENED_AT > at - REPLIED_WITHIN,
    )
    query = select(
        Review.id, Review.side, Review.stars, Review.text, Review.is_ongoing, Review.opens_at,
        opened, Review.reply, can_reply,
    ).where(
        Review.contract_id == contract_id, or_(Review.author_id == viewer_id, is_open(at))
    )  # fmt: skip
    return [Written(*row[:-1], bool(row[-1])) for row in db.execute(query)]


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
    return [
        Reviewable(*row[:-1], row[-1] and row[-1] + REVIEWED_WITHIN) for row in db.execute(query)
    ]
