"""Learning requests as the student who wrote them keeps them."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.proposals import Proposal
from db.queries.learning_requests import live_proposals, standing, still_waits
from db.queries.paging import Found, page
from db.queries.request_deadlines import ends_soon

_NEWEST = (LearningRequest.created_at, LearningRequest.id)


class MyRequest(msgspec.Struct, frozen=True):
    """One's own request as the list of them shows it; `unseen` proposals are among `proposals`."""

    id: int
    title: str
    status: RequestStatus
    created_at: datetime
    updated_at: datetime
    posted_at: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    proposals: int
    unseen: int
    ends_soon: bool = False


def of_student(db: Session, student_id: int, *, at: datetime, after: str) -> Found[MyRequest]:
    """What this student has written, the newest first."""
    query = _of_student(student_id, at)
    return page(db, query, key=_NEWEST, make=partial(_mine, at=at), after=after)


def at_home(
    db: Session, student_id: int, *, most: int, most_waiting: int, at: datetime
) -> list[MyRequest]:
    """The newest of them and the newest of those with proposals to answer, by one statement."""
    ids = select(LearningRequest.id).where(LearningRequest.student_id == student_id)
    ids = ids.order_by(*(column.desc() for column in _NEWEST))
    newest, to_answer = ids.limit(most), ids.where(_waits(at)).limit(most_waiting)
    either = or_(LearningRequest.id.in_(newest), LearningRequest.id.in_(to_answer))
    found = page(
        db, _of_student(student_id, at).where(either), key=_NEWEST, make=partial(_mine, at=at)
    )
    return found.items


def _waits(at: datetime) -> ColumnElement[bool]:
    return and_(standing(at).in_(RUNNING), live_proposals(at) > 0)


def _of_student(student_id: int, at: datetime) -> Select[*tuple[Any, ...]]:
    return select(
        LearningRequest.id,
        LearningRequest.title,
        LearningRequest.status,
        LearningRequest.created_at,
        LearningRequest.updated_at,
        LearningRequest.posted_at,
        LearningRequest.expires_at,
        LearningRequest.ended_at,
        live_proposals(at),
        _unseen(at),
    ).where(LearningRequest.student_id == student_id)


def _unseen(at: datetime) -> Any:
    fresh = (
        Proposal.request_id == LearningRequest.id,
        still_waits(at),
        Proposal.first_viewed_at.is_(None),
    )
    return select(func.count()).where(*fresh).scalar_subquery()


def _mine(*row: Any, at: datetime) -> MyRequest:
    mine = MyRequest(*row)
    soon = ends_soon(mine.status, mine.expires_at, at)
    status = status_at(mine.status, mine.expires_at, at)
    return msgspec.structs.replace(mine, status=status, ends_soon=soon)
