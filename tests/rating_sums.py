"""Whether the sums that databases keep of all ratings are what a recount finds."""

from typing import Any

from sqlalchemy import select, text

from db.models.profiles import CoachProfile, CoachStatus
from db.queries import match_parts

SUMS = text("SELECT coalesce(sum(weighed), 0), coalesce(sum(reviews), 0) FROM rating_sums")
RATING, REVIEWS = CoachProfile.rating, CoachProfile.review_count
RATED = (CoachProfile.status == CoachStatus.APPROVED, RATING.is_not(None))


def assert_summed(db: Any) -> None:
    db.flush()
    rows = db.execute(select(RATING, REVIEWS).where(*RATED)).all()
    counted = sum(rating * count for rating, count in rows), sum(count for _, count in rows)
    assert tuple(map(int, db.execute(SUMS).one())) == counted
    weighed, reviews = counted
    mean = (2 * weighed + reviews) // (2 * reviews) if reviews else None
    assert db.scalar(select(match_parts.mean())) == mean
