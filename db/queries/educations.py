"""Where a coach has learned."""

from datetime import date, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.educations import Education
from db.queries.list_items import shown


class EducationLine(msgspec.Struct, frozen=True):
    """One place of learning, as a list shows it."""

    id: int
    institution: str
    degree: str
    field: str
    started: date
    ended: date | None
    removed: bool


def lines(db: Session, account_id: int, *, at: datetime | None = None) -> list[EducationLine]:
    """A coach's list in its order; with `at`, also what was removed shortly before."""
    query = (
        select(
            Education.id,
            Education.institution,
            Education.degree,
            Education.field,
            Education.started,
            Education.ended,
            Education.removed_at.is_not(None),
        )
        .where(Education.account_id == account_id, shown(Education, at))
        .order_by(Education.position, Education.id)
    )
    return [EducationLine(*row) for row in db.execute(query)]
