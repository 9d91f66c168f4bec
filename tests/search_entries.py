"""Whether searches find everything as it is now."""

from typing import Any

from sqlalchemy import select

from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile, CoachStatus
from db.queries import search_entries
from db.search_entries import SECOND, place_of


def assert_indexed(db: Any) -> None:
    """What is kept of each request and coach is what would be made of it now."""
    db.flush()
    db.expire_all()
    requests = db.scalars(select(LearningRequest)).all()
    entries = search_entries.of_requests(db, [one.id for one in requests])
    for one in requests:
        _assert_kept(one, entries[one.id])
        _assert_placed(one.posting, one.posted_at)
    coaches = db.scalars(select(CoachProfile)).all()
    entries = search_entries.of_coaches(db, [one.account_id for one in coaches])
    for one in coaches:
        _assert_kept(one, entries[one.account_id])
        if one.status is CoachStatus.APPROVED:
            _assert_placed(one.listing, one.approved_at)


def _assert_kept(one: Any, entry: dict[str, Any]) -> None:
    kept = {name: getattr(one, name) for name in entry}
    assert kept == entry, f"{one.id}: searches look at something else than there is"


def _assert_placed(place: int | None, moment: Any) -> None:
    first = None if moment is None else place_of(moment)
    assert (place is None) == (first is None)
    assert first is None or place is None or first <= place < first + SECOND
