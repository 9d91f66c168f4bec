"""How long a coach knows a student who has accepted a proposal of theirs: matrix B."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.contracts import Contract
from db.models.threads import Thread
from db.queries.people import KNOWN_FOR

_agreed = another(Contract)


def is_known(*, ended_after: Any) -> ColumnElement[bool]:
    """Whether the coach of the thread in a query may read the full name of its student.

    By a contract that did not end before this: KNOWN_FOR ago.
    """
    theirs = and_(_agreed.student_id == Thread.student_id, _agreed.coach_id == Thread.coach_id)
    any_at_all = exists().where(theirs)
    lately = exists().where(theirs, _not_over_by(ended_after))
    return and_(Thread.proposal_id.is_not(None), or_(lately, ~any_at_all))


def still_shows(proposal_id: Any, *, ended_after: Any) -> ColumnElement[bool]:
    """Whether an accepted proposal still shows its student: its contract is not long over."""
    return ~exists().where(_agreed.proposal_id == proposal_id, ~_not_over_by(ended_after))


def knows_student(db: Session, thread_id: int, *, at: datetime) -> bool:
    """`is_known` for one thread."""
    known = is_known(ended_after=at - KNOWN_FOR)
    return bool(db.scalar(select(known).select_from(Thread).where(Thread.id == thread_id)))


def _not_over_by(moment: Any) -> ColumnElement[bool]:
    return or_(_agreed.ended_at.is_(None), _agreed.ended_at > moment)
