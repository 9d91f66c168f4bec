"""Tries, as they are counted."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.attempts import Attempt


def hold(db: Session, keys: Iterable[str]) -> None:
    """Let nobody else count these keys until the transaction ends."""
    if db.get_bind().dialect.name == "sqlite":
        return  # whoever writes is alone
    for key in sorted(keys):  # in one order, so that two never wait for each other
        db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def times(db: Session, key: str, *, since: datetime) -> list[datetime]:
    """When this was tried after an instant, the earliest first."""
    query = select(Attempt.at).where(Attempt.key == key, Attempt.at > since)
    return list(db.scalars(query.order_by(Attempt.at)))
