"""Forms that wait for their writer to sign in again."""

from datetime import datetime

from sqlalchemy import delete, select
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
