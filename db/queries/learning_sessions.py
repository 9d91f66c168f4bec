"""Sessions as their two people see them: one, those of a contract, and what comes next."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Executable, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.contracts import RUNNING_CONTRACTS, Contract
from db.models.learning_sessions import LearningSession
from db.models.session_states import AGREED, DISPUTED, SessionStatus
from db.queries.paging import SIZE, Found, page
from db.queries.session_rows import SessionRow as SessionRow
from db.queries.session_rows import make_row, session_rows
from db.queries.session_standing import standing as standing
from db.statements import AT, VIEWER, ask

LIVE = (SessionStatus.UNSCHEDULED, *AGREED, SessionStatus.ENDED)
PAST = (
    SessionStatus.ENDED,
    SessionStatus.COMPLETED,
    *DISPUTED,
    SessionStatus.RESOLVED,
    SessionStatus.CANCELLED_EARLY,
    SessionStatus.CANCELLED_LATE,
)


class SessionCounts(msgspec.Struct, frozen=True):
    """How many there are of each, each equal to the length of its list."""

    coming: int
    to_answer: int
    to_confirm: int
    without_time: int

    @property
    def waiting(self) -> int:
        """What waits for this person."""
        return self.to_answer + self.to_confirm


def one(db: Session, session_id: int, viewer_id: int, at: datetime) -> SessionRow:
    """One of them, which has been found to be visible."""
    query = session_rows(at).where(LearningSession.id == session_id)
    return make_row(viewer_id, at, *db.execute(query).one())


def of_contract(
    db: Session, contract_id: int, viewer_id: int, at: datetime
) -> Sequence[SessionRow]:
    """All of a contract, in their order."""
    query = session_rows(at).where(LearningSession.contract_id == contract_id)
    rows = db.execute(query.order_by(LearningSession.number))
    return [make_row(viewer_id, at, *row) for row in rows]


def coming(
    db: Session, viewer_id: int, side: Side, at: datetime, *, after: str = "", size: int = SIZE
) -> Found[SessionRow]:
    """Those with an agreed time that is not over, the next one first."""
    query = session_rows(at).where(_of(viewer_id, side), _is_coming(at))
    key = (LearningSession.starts_at, LearningSession.id)
    make = partial(make_row, viewer_id, at)
    return page(db, query, key=key, make=make, after=after, size=size, rising=True)


def waiting_for(
    db: Session, viewer_id: int, side: Side, at: datetime, *, after: str = "", size: int = SIZE
) -> Found[SessionRow]:
    """Times to answer and sessions to confirm, the most pressing first."""
    wanted = or_(_to_answer(side, at), _to_confirm(side, at))
    query = session_rows(at).where(_of(viewer_id, side), wanted)
    key = (_until(at), LearningSession.id)
    make = partial(make_row, viewer_id, at)
    return page(db, query, key=key, make=make, after=after, size=size, rising=True)


def without_time(
    db: Session, viewer_id: int, side: Side, at: datetime, *, after: str = "", size: int = SIZE
) -> Found[SessionRow]:
    """Those of running contracts without an agreed time, and none to answer; the oldest first."""
    query = session_rows(at).where(_of(viewer_id, side), _has_none(side, at))
    key = (LearningSession.contract_id, LearningSession.number)
    make = partial(make_row, viewer_id, at)
    return page(db, query, key=key, make=make, after=after, size=size, rising=True)


def past(
    db: Session, viewer_id: int, side: Side, at: datetime, *, after: str = "", size: int = SIZE
) -> Found[SessionRow]:
    """Those whose time is over or was called off, the latest first."""
    status, ends_at = LearningSession.status, LearningSession.ends_at
    is_past = or_(status.in_(PAST), and_(status.in_(AGREED), ends_at <= at))
    query = session_rows(at).where(
        _of(viewer_id, side), LearningSession.starts_at.is_not(None), is_past
    )
    key = (LearningSession.starts_at, LearningSession.id)
    make = partial(make_row, viewer_id, at)
    return page(db, query, key=key, make=make, after=after, size=size)


def counts(db: Session, viewer_id: int, side: Side, at: datetime) -> SessionCounts:
    """How many there are of each list that somebody may still have to do with."""
    wanted = (_is_coming(at), _to_answer(side, at), _to_confirm(side, at), _has_none(side, at))
    columns = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in wanted]
    query = (
        select(*columns)
        .select_from(LearningSession)
        .join(Contract, Contract.id == LearningSession.contract_id)
        .where(_of(viewer_id, side), LearningSession.status.in_(LIVE))
    )
    return SessionCounts(*db.execute(query).one())


# At home, where much else is asked.


def at_home(
    db: Session, viewer_id: int, side: Side, at: datetime, *, most: int
) -> tuple[SessionRow | None, list[SessionRow]]:
    """The next session and the most pressing of those that wait, by one statement."""
    found = ask(db, _at_home(side, most), viewer=viewer_id, at=at)
    rows = [make_row(viewer_id, at, *row) for row in found]
    coming = [row for row in rows if row.status in AGREED and row.ends_at and row.ends_at > at]
    waiting = sorted((row for row in rows if row.waits_for_me), key=_waits_until)
    return min(coming, key=lambda row: (row.starts_at, row.id), default=None), waiting[:most]


@cache
def _at_home(side: Side, most: int) -> Executable:
    mine = select(LearningSession.id).where(_of(VIEWER, side), LearningSession.status.in_(LIVE))
    following = mine.where(_is_coming(AT)).order_by(LearningSession.starts_at).limit(1)
    wanted = mine.where(or_(_to_answer(side, AT), _to_confirm(side, AT)))
    pressing = wanted.order_by(_until(AT), LearningSession.id).limit(most)
    either = or_(LearningSession.id.in_(following), LearningSession.id.in_(pressing))
    return session_rows(AT).where(either)


def _waits_until(row: SessionRow) -> datetime:
    until = row.answer_by if row.status is SessionStatus.PROPOSED else row.confirm_by
    return until or row.at


def tallies(viewer_id: Any, side: Side, at: Any) -> dict[str, Select[Any]]:
    """Of what waits for this person, how many there are, inside of another query."""
    mine = select(func.count()).where(_of(viewer_id, side), LearningSession.status.in_(LIVE))
    return {
        "to_answer": mine.where(_to_answer(side, at)),
        "to_confirm": mine.where(_to_confirm(side, at)),
    }


def _of(viewer_id: Any, side: Side) -> ColumnElement[bool]:
    column = LearningSession.student_id if side is Side.STUDENT else LearningSession.coach_id
    mine: ColumnElement[bool] = column == viewer_id
    return mine


def _is_coming(at: Any) -> ColumnElement[bool]:
    # No offer in place of an agreed time outlives that, so the stored status will do.
    return and_(LearningSession.status.in_(AGREED), LearningSession.ends_at > at)


def _to_answer(side: Side, at: Any) -> ColumnElement[bool]:
    return and_(
        LearningSession.status == SessionStatus.PROPOSED,
        LearningSession.answer_by > at,
        LearningSession.offered_by != side,
    )


def _to_confirm(side: Side, at: Any) -> ColumnElement[bool]:
    """Only students confirm."""
    return standing(at) == SessionStatus.ENDED if side is Side.STUDENT else false()


def _has_none(side: Side, at: datetime) -> ColumnElement[bool]:
    return and_(
        Contract.status.in_(RUNNING_CONTRACTS),
        LearningSession.starts_at.is_(None),
        or_(
            standing(at) == SessionStatus.UNSCHEDULED,
            and_(standing(at) == SessionStatus.PROPOSED, LearningSession.offered_by == side),
        ),
    )


def _until(at: Any) -> ColumnElement[Any]:
    """Until when it waits."""
    is_offered = LearningSession.status == SessionStatus.PROPOSED
    offered = and_(is_offered, LearningSession.answer_by > at)
    return case((offered, LearningSession.answer_by), else_=LearningSession.confirm_by)
