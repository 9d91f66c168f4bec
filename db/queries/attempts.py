"""Tries, as they are counted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.attempts import Attempt

AHEAD = timedelta(minutes=1)  # at most, between the clocks of two nodes


def hold(db: Session, keys: Iterable[str]) -> None:
    """Let nobody else count these keys until the transaction ends."""
    if db.get_bind().dialect.name == "sqlite":
        return  # whoever writes is alone
    for key in sorted(keys):  # in one order, so that two never wait for each other
        db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def times(db: Session, key: str, *, since: datetime, at: datetime) -> list[datetime]:
    """When this was tried between two instants, the earliest first; not by a clock gone wrong."""
    query = select(Attempt.at).where(
        Attempt.key == key, Attempt.at > since, Attempt.at <= at + AHEAD
    )
    return list(db.scalars(query.order_by(Attempt.at)))
