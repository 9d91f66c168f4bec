"""Forms that wait for their writer to sign in again."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.models.parked_forms import ParkedForm


def of_token(db: Session, token_hash: bytes, since: datetime | None = None) -> ParkedForm | None:
    """What was parked under this token; with `since`, only if it was parked after that."""
    query = select(ParkedForm).where(ParkedForm.token_hash == token_hash)
    if since is not None:
        query = query.where(ParkedForm.created_at > since)
    return db.scalars(query).one_or_none()


def forget(db: Session, token_hash: bytes) -> None:
    """Remove what was parked under this token."""
    db.execute(delete(ParkedForm).where(ParkedForm.token_hash == token_hash))


def of_nobody(db: Session, *, most: int) -> int:
    """How many are parked of whom nobody knows whose they are, counted up to `most`."""
    some = select(ParkedForm.id).where(ParkedForm.account_id.is_(None)).limit(most).subquery()
    return db.scalar(select(func.count()).select_from(some)) or 0
