"""What a search for coaches can offer to whoever looks: asked once for a page, by one query."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, exists, func, literal, select, union
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.profiles import CoachProfile
from db.queries.learning_requests import lines
from db.queries.viewers import Viewer


class Offers(msgspec.Struct, frozen=True):
    """The languages the viewer speaks on either side, and whether any coach has a rating."""

    speaks: tuple[str, ...]
    has_ratings: bool


def coach_offers(db: Session, viewer: Viewer, listed: ColumnElement[bool]) -> Offers:
    """What can be offered to this viewer among the listed coaches."""
    rated = exists(CoachProfile.account_id).where(
        CoachProfile.rating.is_not(None), CoachProfile.account_id == Account.id, listed
    )
    speaks = _spoken(viewer.id) if not viewer.is_guest else literal("")
    joined, has_ratings = db.execute(select(speaks, rated)).one()
    return Offers(tuple(lines(joined)), bool(has_ratings))


def _spoken(person: int) -> Any:
    of_sides = (
        select(model.language.label("language")).where(
            and_(model.account_id == person, model.removed_at.is_(None))
        )
        for model in (StudentLanguage, CoachLanguage)
    )
    both = union(*of_sides).subquery()
    return select(func.aggregate_strings(both.c.language, "\n")).scalar_subquery()
