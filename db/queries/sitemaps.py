"""The coaches' pages that search engines are told of."""

from datetime import date

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models.profiles import CoachProfile


class Listed(msgspec.Struct, frozen=True):
    """A page, and the day it became public."""

    handle: str
    since: date | None


def count(db: Session, listed: ColumnElement[bool]) -> int:
    """How many pages there are."""
    query = select(func.count()).select_from(CoachProfile).where(*_wanted(listed))
    return db.scalars(query).one()


def pages(db: Session, listed: ColumnElement[bool], *, skip: int, most: int) -> list[Listed]:
    """So many of the pages behind the first, always in the same order."""
    query = (
        select(CoachProfile.handle, CoachProfile.approved_at)
        .where(*_wanted(listed))
        .order_by(CoachProfile.account_id)
        .offset(skip)
        .limit(most)
    )
    return [Listed(handle, at.date() if at else None) for handle, at in db.execute(query)]


def _wanted(listed: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return listed, CoachProfile.hidden_from_search_engines.is_(False)
