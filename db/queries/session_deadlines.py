"""Deadlines of sessions: to which of them the clock has to do something."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session, joinedload

from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus

MOST = 500  # at one go; the next is a minute away


def sessions(db: Session, at: datetime) -> Sequence[int]:
    """Sessions to which something has to be written down, by the index of each deadline."""
    each = (
        select(LearningSession.id).where(condition).order_by(deadline).limit(MOST).subquery()
        for condition, deadline in _deadlines(at)
    )
    return db.scalars(union(*(select(one.c.id) for one in each))).all()


def session(db: Session, number: int, at: datetime) -> LearningSession | None:
    """This one behind its contract; None when nothing is due, or somebody holds the contract."""
    of = select(LearningSession.contract_id).where(LearningSession.id == number)
    first = select(Contract.id).where(Contract.id == of.scalar_subquery())
    if db.scalar(first.with_for_update(key_share=True, skip_locked=True)) is None:
        return None
    is_due = or_(*(condition for condition, _ in _deadlines(at)))
    query = select(LearningSession).where(LearningSession.id == number, is_due)
    its_two = (
        joinedload(Contract.learning_request),
        joinedload(Contract.student),
        joinedload(Contract.coach),
    )
    whole = query.options(joinedload(LearningSession.contract).options(*its_two))
    held = whole.with_for_update(of=LearningSession)
    return db.scalars(held.execution_options(populate_existing=True)).one_or_none()


def _deadlines(at: datetime) -> list[tuple[Any, Any]]:
    return [
        ((LearningSession.status == status) & (deadline <= at), deadline)
        for status, deadline in (
            (SessionStatus.PROPOSED, LearningSession.answer_by),
            (SessionStatus.SCHEDULED, LearningSession.ends_at),
            (SessionStatus.ENDED, LearningSession.confirm_by),
        )
    ]
