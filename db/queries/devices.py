"""Browsers that somebody has signed in from before."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.devices import Device

KEPT = timedelta(days=365)  # how long a browser is known after it was last signed in from


def of_token(db: Session, token_hash: bytes, *, since: datetime) -> Device | None:
    """The device with this token, if it was seen after an instant."""
    query = select(Device).where(Device.token_hash == token_hash, Device.seen_at > since)
    return db.scalars(query).one_or_none()


def owner_of(db: Session, token_hash: bytes) -> int | None:
    """Who last signed in from the device with this token, however long ago."""
    query = select(Device.account_id).where(Device.token_hash == token_hash)
    return db.scalars(query).one_or_none()


def is_first_sign_in(db: Session, account_id: int) -> bool:
    """Whether this person has only now signed in for the first time, from any browser."""
    # A browser that is seen again is seen later than it was first.
    query = select(Device.seen_at == Device.created_at).where(Device.account_id == account_id)
    return list(db.scalars(query.limit(2))) == [True]


def beyond_latest(db: Session, account_id: int, keep: int) -> list[Device]:
    """A person's devices, the `keep` latest seen left out."""
    query = (
        select(Device)
        .where(Device.account_id == account_id)
        .order_by(Device.seen_at.desc(), Device.id.desc())
        .offset(keep)
    )
    return list(db.scalars(query))
