"""Profiles of both sides, as other people read them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.profiles import CoachProfile


def taken_handles(db: Session, handles: Sequence[str]) -> set[str]:
    """Those of these handles that a coach already has."""
    query = select(CoachProfile.handle).where(CoachProfile.handle.in_(handles))
    return set(db.scalars(query))
