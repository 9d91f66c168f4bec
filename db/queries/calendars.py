"""Sessions as a calendar shows them, and whose calendar has a secret address."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, AccountStatus
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.session_states import CALLED_OFF, LINK_SHOWN
from db.queries.people import still_known, student_name

KEPT = timedelta(days=90)  # what lies further back is no longer in a feed


class Owner(msgspec.Struct, frozen=True):
    """Whose feed it is, and how they read times."""

    id: int
    time_zone: str
    locale: str


class CalendarEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A session with an agreed time, as one of its two may see it; `link` only when it is due."""

    id: int
    number: int
    of: int
    title: str
    other_name: str
    other_zone: str | None  # where one may know it, and they chose one
    starts_at: datetime
    ends_at: datetime
    is_called_off: bool
    link: str | None
    sequence: int
    updated_at: datetime


_STUDENT, _COACH = another(Account), another(Account)


def feed_owner(db: Session, key: str) -> Owner | None:
    """Whose secret this is; nobody's once they are suspended."""
    query = select(Account.id, Account.time_zone, Account.locale).where(
        Account.calendar_key == key, Account.status != AccountStatus.SUSPENDED
    )
    row = db.execute(query).one_or_none()
    return Owner(*row) if row else None


def feed_key(db: Session, account_id: int) -> str | None:
    """The secret of one's own feed, if there is one."""
    return db.scalar(select(Account.calendar_key).where(Account.id == account_id))


def feed(db: Session, viewer_id: int, at: datetime) -> Sequence[CalendarEntry]:
    """All that lie ahead, on both sides, and those of the last three months."""
    mine = or_(LearningSession.student_id == viewer_id, LearningSession.coach_id == viewer_id)
    return _entries(db, viewer_id, at, mine, LearningSession.starts_at > at - KEPT)


def entry(db: Session, session_id: int, viewer_id: int, at: datetime) -> CalendarEntry:
    """One of them, which has been found to have a time."""
    [found] = _entries(db, viewer_id, at, LearningSession.id == session_id)
    return found


def _entries(
    db: Session, viewer_id: int, at: datetime, *conditions: ColumnElement[bool]
) -> list[CalendarEntry]:
    query = (
        select(
            LearningSession.id, LearningSession.number, LearningSession.coach_id,
            LearningSession.status, LearningSession.starts_at, LearningSession.ends_at,
            LearningSession.link, LearningSession.sequence, LearningSession.updated_at,
            Contract.sessions, Contract.ended_at, LearningRequest.title,
            _STUDENT.first_name, _STUDENT.last_name, _STUDENT.time_zone,
            _COACH.first_name.label("coach_first_name"),
            _COACH.last_name.label("coach_last_name"), _COACH.time_zone.label("coach_time_zone"),
        )
        .join(Contract, Contract.id == LearningSession.contract_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .join(_STUDENT, _STUDENT.id == LearningSession.student_id)
        .join(_COACH, _COACH.id == LearningSession.coach_id)
        .where(LearningSession.starts_at.is_not(None), *conditions)
        .order_by(LearningSession.starts_at, LearningSession.id)
    )  # fmt: skip
    return [_entry(row, viewer_id, at) for row in db.execute(query)]


def _entry(row: Any, viewer_id: int, at: datetime) -> CalendarEntry:
    name, zone = f"{row.coach_first_name} {row.coach_last_name}", row.coach_time_zone
    if viewer_id == row.coach_id:
        known = still_known(row.ended_at, at)
        name = student_name(row.first_name, row.last_name, wrote=True, accepted=known)
        zone = row.time_zone if known else "UTC"
    is_called_off = row.status in CALLED_OFF
    # Not earlier, since the address of a feed may be known to others.
    is_due = row.starts_at - LINK_SHOWN <= at < row.ends_at + LINK_SHOWN
    return CalendarEntry(
        id=row.id,
        number=row.number,
        of=row.sessions,
        title=row.title,
        other_name=name,
        other_zone=zone if zone != "UTC" else None,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_called_off=is_called_off,
        link=row.link if is_due and not is_called_off else None,
        sequence=row.sequence,
        updated_at=row.updated_at,
    )
