"""What searches find of the people and requests that were planted."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.queries import search_entries
from db.search_entries import SECOND, place_of


def newest(db: Session) -> tuple[int, int]:
    """The last numbers of a request and of a coach, 0 where there is none."""
    last = (func.max(LearningRequest.id), func.max(CoachProfile.account_id))
    request, coach = (db.scalars(select(one)).one() or 0 for one in last)
    return request, coach


def index_later(db: Session, than: tuple[int, int]) -> None:
    """Let searches find what has come since."""
    request, coach = than
    wanted = (LearningRequest.id, LearningRequest.posted_at, LearningRequest.posting)
    _index(db, wanted, request, search_entries.of_requests)
    index_coaches(db, coach)


def index_coaches(db: Session, than: int) -> None:
    """Let searches find the coaches who have come since, as they are rated by now."""
    listed = (CoachProfile.account_id, CoachProfile.approved_at, CoachProfile.listing)
    _index(db, listed, than, search_entries.of_coaches)


def _index(
    db: Session, columns: tuple[Any, Any, Any], last: int,
    entries: Callable[[Session, Sequence[int]], dict[int, search_entries.Entry]],
) -> None:  # fmt: skip
    key, moment, place = columns
    moments: dict[int, Any] = dict(db.execute(select(key, moment).where(key > last)).all())
    for some in search_entries.batches(list(moments)):
        rows: list[dict[str, Any]] = [
            {key.key: number, place.key: _place(number, moments[number]), **entry}
            for number, entry in entries(db, some).items()
        ]
        db.execute(update(key.class_), rows)


def _place(number: int, moment: Any) -> int | None:
    # Many have come in the same second here, and no two may have the same place.
    return None if moment is None else place_of(moment) + number % SECOND
