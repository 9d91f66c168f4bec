"""Learning requests as the student who wrote them keeps them."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.proposals import Proposal
from db.queries.learning_requests import live_proposals, still_waits
from db.queries.paging import Found, page
from db.queries.request_deadlines import ends_soon


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


def of_student(
    db: Session, student_id: int, *, at: datetime, after: str, waiting: bool = False
) -> Found[MyRequest]:
    """What this student has written, the newest first; `waiting` are those to answer."""
    query = select(
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
    if waiting:
        query = query.where(LearningRequest.status.in_(RUNNING), live_proposals(at) > 0)
    key = (LearningRequest.created_at, LearningRequest.id)
    return page(db, query, key=key, make=partial(_mine, at=at), after=after)


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
