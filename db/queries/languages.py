"""The languages of one side of a person; the other side's are never asked for with them."""

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.languages import CoachLanguage, StudentLanguage
from db.models.skills import LanguageLevel
from db.queries.list_items import shown


class LanguageLine(msgspec.Struct, frozen=True):
    """One language, as a list shows it."""

    id: int
    language: str
    level: LanguageLevel
    removed: bool


def of_coach(db: Session, account_id: int, *, at: datetime | None = None) -> list[LanguageLine]:
    """What a coach teaches in; with `at`, also what was removed shortly before."""
    return _lines(db, CoachLanguage, account_id, at)


def of_student(db: Session, account_id: int, *, at: datetime | None = None) -> list[LanguageLine]:
    """What a student speaks; with `at`, also what was removed shortly before."""
    return _lines(db, StudentLanguage, account_id, at)


def _lines(
    db: Session,
    model: type[CoachLanguage] | type[StudentLanguage],
    account_id: int,
    at: datetime | None,
) -> list[LanguageLine]:
    query = (
        select(model.id, model.language, model.level, model.removed_at.is_not(None))
        .where(model.account_id == account_id, shown(model, at))
        .order_by(model.position, model.id)
    )
    return [LanguageLine(*row) for row in db.execute(query)]
