"""Forms that wait for their writer to sign in again."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.parked_forms import ParkedForm


def of_token(
    db: Session, token_hash: bytes, number: int | None = None, *, since: datetime
) -> ParkedForm | None:
    """What was parked under this token after an instant: the one of this number, or the newest."""
    query = select(ParkedForm).where(
        ParkedForm.token_hash == token_hash, ParkedForm.created_at > since
    )
    if number is not None:
        query = query.where(ParkedForm.id == number)
    return db.scalars(query.order_by(ParkedForm.id.desc())).first()


def on_the_way_to(db: Session, token_hash: bytes, path: str) -> list[ParkedForm]:
    """What was parked under this token on its way to this address."""
    same = (ParkedForm.token_hash == token_hash, ParkedForm.path == path)
    return list(db.scalars(select(ParkedForm).where(*same)))


def of_nobody(db: Session, *, most: int) -> int:
    """How many are parked of whom nobody knows whose they are, counted up to `most`."""
    some = select(ParkedForm.id).where(ParkedForm.account_id.is_(None)).limit(most).subquery()
    return db.scalar(select(func.count()).select_from(some)) or 0
