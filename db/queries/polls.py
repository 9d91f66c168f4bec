"""What a poll asks: does the sign-in hold, and is anything new? One statement for both."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, case, or_, select

from db.aliases import another
from db.engine import Database
from db.glance import Glance
from db.models.accounts import Account, AccountStatus, Side
from db.models.profiles import CoachProfile, StudentProfile
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from db.queries import badges
from db.queries.badges import Unread
from db.queries.viewers import side_seen_from, still_holds


class Reader(msgspec.Struct, frozen=True):
    """Who holds the sign-in, as far as the rules about a thread look at a viewer.

    A rule that looks at more finds it missing, and every poll fails, in the tests first.
    """

    id: int
    has_confirmed_email: bool
    is_guest: bool = False


class Party(msgspec.Struct, frozen=True):
    """One of the two people of a thread, in the same way."""

    status: AccountStatus


class ThreadFacts(msgspec.Struct, frozen=True):
    """A thread in the same way, and how far its two people are."""

    student_id: int
    coach_id: int
    student: Party
    coach: Party
    student_wrote_at: bool
    invited_at: bool
    proposal_id: int | None
    is_blocked: bool
    hidden: int
    last_number: int
    student_read: int
    coach_read: int

    def read_by_other(self, account_id: int) -> int:
        """How far the other one has read."""
        return self.coach_read if account_id == self.student_id else self.student_read


_reader, STUDENT, COACH = another(Account), another(Account), another(Account)
_is_blocked: Any = Thread.is_blocked
# What ThreadFacts are made of, in their order, where STUDENT and COACH are joined.
FACTS: tuple[Any, ...] = (
    Thread.student_id,
    Thread.coach_id,
    STUDENT.status.label("student_status"),
    COACH.status.label("coach_status"),
    Thread.student_wrote_at.is_not(None).label("student_wrote_at"),
    Thread.invited_at.is_not(None).label("invited_at"),
    Thread.proposal_id,
    _is_blocked.label("is_blocked"),
    Thread.hidden,
    Thread.last_number,
    Thread.student_read,
    Thread.coach_read,
)
_SIGN_IN: tuple[Any, ...] = (SignIn.remember, SignIn.seen_at, SignIn.expires_at)
_SIGNED_IN = (
    select(
        *_SIGN_IN,
        _reader.id,
        _reader.status,
        _reader.email_confirmed_at.is_not(None).label("has_confirmed_email"),
    )
    .join(_reader, _reader.id == SignIn.account_id)
    .where(SignIn.token_hash == bindparam("token_hash"))
)
# The reader is one of the two, and read with them: each table more is a tenth of what a poll costs.
_is_student: Any = Thread.student_id == SignIn.account_id
_confirmed_at: Any = case((_is_student, STUDENT.email_confirmed_at), else_=COACH.email_confirmed_at)
_THREAD = Glance(
    select(
        *_SIGN_IN,
        SignIn.account_id.label("id"),
        case((_is_student, STUDENT.status), else_=COACH.status).label("status"),
        _confirmed_at.is_not(None).label("has_confirmed_email"),
        *FACTS,
    )
    .select_from(SignIn)
    .join(Thread, Thread.id == bindparam("thread_id"))
    .join(STUDENT, STUDENT.id == Thread.student_id)
    .join(COACH, COACH.id == Thread.coach_id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        or_(_is_student, Thread.coach_id == SignIn.account_id),
    )
)
_open: Any = bindparam("open_thread", type_=Thread.id.type)
_BADGES = Glance(
    _SIGNED_IN.add_columns(
        _reader.role_view,
        StudentProfile.account_id.label("student_id"),
        CoachProfile.status.label("coach_status"),
        badges.unread_threads(_reader.id, Side.STUDENT, _open).label("as_student"),
        badges.unread_threads(_reader.id, Side.COACH, _open).label("as_coach"),
        badges.unread_notices(_reader.id, _open).label("notices"),
    )
    .join(StudentProfile, StudentProfile.account_id == _reader.id, isouter=True)
    .join(CoachProfile, CoachProfile.account_id == _reader.id, isouter=True)
)


def thread_and_reader(
    database: Database, token_hash: bytes, thread_id: int, *, at: datetime
) -> tuple[ThreadFacts, Any] | None:
    """The thread with this id, and which of its two people holds this token (a Reader).

    None if there is none: no such sign-in or one that has ended, a suspended person, no thread, or
    one between others.
    """
    row: Any = _THREAD.at(database, token_hash=token_hash, thread_id=thread_id)
    if not _holds(row, at):
        return None
    return ThreadFacts(*facts_of(row[-len(FACTS) :])), Reader(row.id, row.has_confirmed_email)


def facts_of(values: Sequence[Any]) -> list[Any]:
    """What FACTS say, in the order of ThreadFacts."""
    student_id, coach_id, student, coach, *others = values
    return [student_id, coach_id, Party(student), Party(coach), *others]


def badges_and_reader(
    database: Database, token_hash: bytes, open_thread: int, *, at: datetime
) -> tuple[Unread, Any] | None:
    """What waits for who holds this token, the open thread left out, and who that is (a Reader)."""
    row: Any = _BADGES.at(database, token_hash=token_hash, open_thread=open_thread)
    if not _holds(row, at):
        return None
    threads = row.as_student if side_seen_from(row) is Side.STUDENT else row.as_coach
    return Unread(threads, row.notices), Reader(row.id, row.has_confirmed_email)


def _holds(row: Any, at: datetime) -> bool:
    return row is not None and row.status is not AccountStatus.SUSPENDED and still_holds(row, at=at)
