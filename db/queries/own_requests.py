"""Learning requests as the student who wrote them keeps them."""

from datetime import datetime
from functools import cache, partial
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.proposals import Proposal
from db.queries.learning_requests import live_proposals, standing, still_waits
from db.queries.paging import Found, page
from db.queries.request_deadlines import ends_soon
from db.statements import AT, VIEWER

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
    return _page(db, _of_student(), student_id, at, after)


def at_home(
    db: Session, student_id: int, *, most: int, most_waiting: int, at: datetime
) -> list[MyRequest]:
    """The newest of them and the newest of those with proposals to answer, by one statement."""
    return _page(db, _at_home(most, most_waiting), student_id, at).items


def _page(
    db: Session, query: Select[*tuple[Any, ...]], student_id: int, at: datetime, after: str = ""
) -> Found[MyRequest]:
    values = {"viewer": student_id, "at": at}
    make = partial(_mine, at=at)
    return page(db, query, key=_NEWEST, make=make, after=after, values=values)


@cache
def _at_home(most: int, most_waiting: int) -> Select[*tuple[Any, ...]]:
    ids = select(LearningRequest.id).where(LearningRequest.student_id == VIEWER)
    ids = ids.order_by(*(column.desc() for column in _NEWEST))
    waits = and_(standing(AT).in_(RUNNING), live_proposals(AT) > 0)
    newest, to_answer = ids.limit(most), ids.where(waits).limit(most_waiting)
    either = or_(LearningRequest.id.in_(newest), LearningRequest.id.in_(to_answer))
    return _of_student().where(either)


@cache
def _of_student() -> Select[*tuple[Any, ...]]:
    return select(
        LearningRequest.id,
        LearningRequest.title,
        LearningRequest.status,
        LearningRequest.created_at,
        LearningRequest.updated_at,
        LearningRequest.posted_at,
        LearningRequest.expires_at,
        LearningRequest.ended_at,
        live_proposals(AT),
        _unseen(),
    ).where(LearningRequest.student_id == VIEWER)


def _unseen() -> Any:
    fresh = (
        Proposal.request_id == LearningRequest.id,
        still_waits(AT),
        Proposal.first_viewed_at.is_(None),
    )
    return select(func.count()).where(*fresh).scalar_subquery()


def _mine(*row: Any, at: datetime) -> MyRequest:
    mine = MyRequest(*row)
    soon = ends_soon(mine.status, mine.expires_at, at)
    status = status_at(mine.status, mine.expires_at, at)
    return msgspec.structs.replace(mine, status=status, ends_soon=soon)
