"""How a coach answers those who write to them first or invite them, counted from what is stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from statistics import median
from typing import Any

import msgspec
from sqlalchemy import Select, bindparam, case, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.invitations import Invitation, InvitationStatus
from db.models.messages import Message
from db.models.threads import Thread
from db.statements import KEY, ask
from db.types import Instant

LOOKS_BACK = timedelta(days=90)
MOST_THREADS = 50
FEWEST = 3  # fewer say nothing, and could tell who wrote
TIME_TO_ANSWER = timedelta(hours=24)
HOUR = timedelta(hours=1)

Asked = tuple[datetime, datetime | None]

_first = another(Message)
_SINCE = bindparam("since", type_=Instant)


class AnswerRate(msgspec.Struct, frozen=True):
    """How many were answered; `hours`, rounded up, is the usual time it took."""

    answered: int
    asked: int
    hours: int | None


def answer_rate(db: Session, coach_id: int, *, at: datetime) -> AnswerRate | None:
    """What can be said of a coach's answers; None before there are three first messages."""
    return rate_of(first_messages(db, coach_id, since=at - LOOKS_BACK), at=at)


def rate_of(asked: Sequence[Asked], *, at: datetime) -> AnswerRate | None:
    """The same, of when each student wrote first and when the coach answered."""
    counted = [
        (wrote, answered)
        for wrote, answered in asked
        if answered is not None or at - wrote >= TIME_TO_ANSWER
    ]
    if len(counted) < FEWEST:
        return None
    took = [(answered - wrote) / HOUR for wrote, answered in counted if answered is not None]
    hours = max(ceil(median(took)), 1) if len(took) >= FEWEST else None
    return AnswerRate(len(took), len(counted), hours)


def first_messages(db: Session, coach_id: int, *, since: datetime) -> list[Asked]:
    """When students last wrote first or invited, and when the coach answered each."""
    rows = ask(db, _asked(), key=coach_id, since=since)
    return [(wrote, said) for wrote, said in rows]


@cache
def _asked() -> Any:
    first = _first
    begun = (
        select(Thread.id, Thread.student_wrote_at)
        .join(first, first.thread_id == Thread.id)
        .where(
            Thread.coach_id == KEY,
            Thread.student_wrote_at >= _SINCE,
            first.number == 1,
            first.sender_id == Thread.student_id,
            # The words of an invitation are answered by a proposal.
            or_(Thread.invited_at.is_(None), Thread.invited_at > Thread.student_wrote_at),
        )
        .order_by(Thread.student_wrote_at.desc(), Thread.id.desc())
        .limit(MOST_THREADS)
        .subquery()
    )
    answered = (
        select(Message.created_at)
        .where(Message.thread_id == begun.c.id, Message.sender_id == KEY)
        .order_by(Message.number)
        .limit(1)
        .scalar_subquery()
    )
    messages = select(begun.c.student_wrote_at.label("asked_at"), answered.label("answered_at"))
    return messages.union_all(_invited())


def _invited() -> Select[*tuple[Any, ...]]:
    """When a coach was invited, and when they proposed or declined; taken back, it says nothing."""
    answered = Invitation.status.in_((InvitationStatus.ANSWERED, InvitationStatus.DECLINED))
    sent = (
        select(Invitation.created_at, case((answered, Invitation.ended_at)).label("answered_at"))
        .where(
            Invitation.coach_id == KEY,
            Invitation.created_at >= _SINCE,
            Invitation.status != InvitationStatus.WITHDRAWN,
        )
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        .limit(MOST_THREADS)
        .subquery()
    )
    return select(sent.c.created_at, sent.c.answered_at)
