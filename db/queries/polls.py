"""What a poll asks: who holds the sign-in, and has anything changed; one statement for both."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam
from sqlalchemy.orm import aliased

from db.engine import Database
from db.glance import Glance
from db.models.accounts import Account, AccountStatus
from db.models.threads import Thread
from db.queries.viewers import GUEST, SIGNED_IN, Viewer, holder


class Party(msgspec.Struct, frozen=True):
    """One of the two people of a thread, as far as the rules look at them."""

    status: AccountStatus


class ThreadFacts(msgspec.Struct, frozen=True):
    """A thread as its rules read it, and how far its two people are."""

    student_id: int
    coach_id: int
    student: Party
    coach: Party
    last_number: int
    student_read: int
    coach_read: int
    student_wrote_at: datetime | None
    invited_at: datetime | None
    proposal_id: int | None
    is_blocked: bool

    def read_by_other(self, account_id: int) -> int:
        """How far the other one has read."""
        return self.coach_read if account_id == self.student_id else self.student_read


_student, _coach = aliased(Account), aliased(Account)
_is_blocked: Any = Thread.is_blocked  # type: ignore[attr-defined]
_THREAD = Glance(
    SIGNED_IN.add_columns(
        Thread.student_id.label("thread_student_id"),
        Thread.coach_id.label("thread_coach_id"),
        _student.status.label("thread_student_status"),
        _coach.status.label("thread_coach_status"),
        Thread.last_number,
        Thread.student_read,
        Thread.coach_read,
        Thread.student_wrote_at,
        Thread.invited_at,
        Thread.proposal_id,
        _is_blocked.label("is_blocked"),
    )
    .join(Thread, Thread.id == bindparam("thread_id"))
    .join(_student, _student.id == Thread.student_id)
    .join(_coach, _coach.id == Thread.coach_id)
)


def thread_seen_by(
    database: Database, token_hash: bytes, thread_id: int, *, at: datetime
) -> tuple[Viewer, ThreadFacts | None]:
    """Who holds this token at this instant, and the thread with this id, whoever may see it."""
    row: Any = _THREAD.at(database, token_hash=token_hash, thread_id=thread_id)
    if row is None:
        return GUEST, None
    return holder(row, at=at), ThreadFacts(
        student_id=row.thread_student_id,
        coach_id=row.thread_coach_id,
        student=Party(row.thread_student_status),
        coach=Party(row.thread_coach_status),
        last_number=row.last_number,
        student_read=row.student_read,
        coach_read=row.coach_read,
        student_wrote_at=row.student_wrote_at,
        invited_at=row.invited_at,
        proposal_id=row.proposal_id,
        is_blocked=row.is_blocked,
    )
