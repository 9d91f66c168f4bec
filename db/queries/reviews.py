"""Reviews: what one of the two may read of a contract's, and whether one can write now.

A sealed review leaves the database for its author alone; nothing else may count or order by one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.reviews import ONGOING_FROM, REPLIED_WITHIN, REVIEWED_WITHIN, Review
from db.queries.ratings import is_open, opened_at
from db.queries.session_standing import took_place


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


def completed_sessions(at: datetime) -> Any:
    """How many sessions of a contract took place, even if a job is late to write it down."""
    query = select(func.count()).where(LearningSession.contract_id == Contract.id, took_place(at))
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
