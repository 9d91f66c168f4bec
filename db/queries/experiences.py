"""Where a coach has worked."""

from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.experiences import Experience
from db.queries.list_items import shown


class ExperienceLine(msgspec.Struct, frozen=True):
    """One place of work, as a list shows it."""

    id: int
    title: str
    company: str
    description: str
    started: date
    ended: date | None
    removed: bool


def lines(db: Session, account_id: int, *, at: datetime | None = None) -> list[ExperienceLine]:
    """A coach's list in its order; with `at`, also what was removed shortly before."""
    query = (
        select(
            Experience.id,
            Experience.title,
            Experience.company,
            Experience.description,
            Experience.started,
            Experience.ended,
            Experience.removed_at.is_not(None),
        )
        .where(Experience.account_id == account_id, shown(Experience, at))
        .order_by(Experience.position, Experience.id)
    )
    return [ExperienceLine(*row) for row in db.execute(query)]
