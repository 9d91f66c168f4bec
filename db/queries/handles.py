"""The readable names of coaches' pages, those of today and those they once had."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from db.models.events import Event
from db.models.former_handles import FormerHandle
from db.models.profiles import CoachProfile


def of_coach(db: Session, account_id: int) -> CoachProfile:
    """The profile whose page it is."""
    return db.scalars(select(CoachProfile).where(CoachProfile.account_id == account_id)).one()


def now_called(db: Session, former: str, visible: ColumnElement[bool]) -> str | None:
    """What a page is called today that once had this name, if it is visible."""
    query = (
        select(CoachProfile.handle)
        .join(FormerHandle, FormerHandle.account_id == CoachProfile.account_id)
        .where(FormerHandle.handle == former, visible)
    )
    return db.scalars(query).one_or_none()


def former(db: Session, handle: str) -> FormerHandle | None:
    """The coach whose page once had this name."""
    return db.get(FormerHandle, handle, populate_existing=True)


def is_taken(db: Session, handle: str, *, but: int) -> bool:
    """Whether another coach's page has this name, or had it once."""
    has = exists().where(CoachProfile.handle == handle, CoachProfile.account_id != but)
    had = exists().where(FormerHandle.handle == handle, FormerHandle.account_id != but)
    return bool(db.scalar(select(has | had)))


def changed_since(db: Session, account_id: int, since: datetime) -> int:
    """How often a coach has changed the name of their page since then."""
    query = (
        select(func.count())
        .select_from(Event)
        .where(
            Event.subject == "coach_profile",
            Event.subject_id == account_id,
            Event.name == "coach_profile.handle_changed",
            Event.at > since,
        )
    )
    return db.scalars(query).one()
