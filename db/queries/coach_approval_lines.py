"""Lists of staff: applications that wait, and approved coaches who have changed something."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, AccountStatus
from db.models.profiles import CoachProfile, CoachStatus
from db.queries.paging import Found, page

OLDEST_FIRST = (CoachProfile.submitted_at, CoachProfile.account_id)
NEWEST_FIRST = (CoachProfile.approved_at, CoachProfile.account_id)


class ApplicationLine(msgspec.Struct, frozen=True):
    """A coach in a list of staff; `reader` is who holds the application, until `held_until`."""

    account_id: int
    first_name: str
    last_name: str
    country: str | None
    headline: str
    submitted_at: datetime | None
    approved_at: datetime | None
    to_look_at: list[str] | None
    reader_id: int | None
    reader: str | None
    held_until: datetime | None

    @property
    def name(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"


# Builders.


def waits() -> ColumnElement[bool]:
    """Sent, and not decided on; a suspended account waits for nothing."""
    return and_(CoachProfile.status == CoachStatus.SUBMITTED, _is_active())


def _has_changed() -> ColumnElement[bool]:
    return and_(
        CoachProfile.status == CoachStatus.APPROVED,
        CoachProfile.to_look_at.is_not(None),
        _is_active(),
    )


def _is_active() -> ColumnElement[bool]:
    person = another(Account)
    here = and_(person.id == CoachProfile.account_id, person.status == AccountStatus.ACTIVE)
    return select(person.id).where(here).correlate(CoachProfile).exists()


def _lines(condition: ColumnElement[bool], at: datetime) -> Select[*tuple[Any, ...]]:
    reader = another(Account)
    holds = and_(reader.id == CoachProfile.claimed_by_id, CoachProfile.claimed_until > at)
    columns: tuple[Any, ...] = (
        CoachProfile.account_id,
        Account.first_name,
        Account.last_name,
        Account.country,
        CoachProfile.headline,
        CoachProfile.submitted_at,
        CoachProfile.approved_at,
        CoachProfile.to_look_at,
        reader.id,
        reader.first_name + " " + reader.last_name,
        CoachProfile.claimed_until,
    )
    joined = select(*columns).join(Account, Account.id == CoachProfile.account_id)
    return joined.join(reader, holds, isouter=True).where(condition)


# Finders.


def waiting(
    db: Session, visible: ColumnElement[bool], *, at: datetime, after: str = ""
) -> Found[ApplicationLine]:
    """The applications that wait, the oldest first."""
    query = _lines(and_(visible, waits()), at)
    return page(db, query, key=OLDEST_FIRST, make=ApplicationLine, after=after, rising=True)


def changed(
    db: Session, visible: ColumnElement[bool], *, at: datetime, after: str = ""
) -> Found[ApplicationLine]:
    """Approved coaches who have changed what staff look at again, those approved last first."""
    query = _lines(and_(visible, _has_changed()), at)
    return page(db, query, key=NEWEST_FIRST, make=ApplicationLine, after=after)


def waiting_count(db: Session, visible: ColumnElement[bool]) -> int:
    """How many applications wait."""
    return count(db, and_(visible, waits()))


def changed_count(db: Session, visible: ColumnElement[bool]) -> int:
    """How many approved coaches have changed something since staff looked."""
    return count(db, and_(visible, _has_changed()))


def count(db: Session, condition: ColumnElement[bool]) -> int:
    """How many coaches meet the condition."""
    return db.scalars(select(func.count()).select_from(CoachProfile).where(condition)).one()


def waiting_since(db: Session, visible: ColumnElement[bool]) -> datetime | None:
    """When the application that has waited longest was sent."""
    query = select(func.min(CoachProfile.submitted_at)).where(visible, waits())
    return db.scalars(query).one()
