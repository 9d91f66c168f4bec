"""Devices: browsers remembered after a sign-in, so that who guesses elsewhere locks nobody out."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.clock import now
from app.tokens import hashed, new_token
from db.models.devices import Device
from db.queries import devices

MOST = 20  # a person; the one seen longest ago goes

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def remember_device(db: Session, account_id: int, token: str) -> str:
    """Note that this person signed in from this browser; returns the token it is known by.

    A browser keeps its token as long as the same person signs in. Any other token is never
    adopted: whoever planted it would pass for this person's device.
    """
    at = now()
    device = known_device(db, token)
    if device is None or device.account_id != account_id:
        token = new_token()
        device = Device(account_id=account_id, token_hash=hashed(token), created_at=at)
        db.add(device)
    device.seen_at = at
    db.flush()
    for oldest in devices.beyond_latest(db, account_id, MOST):
        db.delete(oldest)
    return token


def forget_devices(db: Session, account_id: int) -> None:
    """Trust none of a person's browsers any more.

    Whose they were stays known: what one of them still sends must not be shown to somebody else.
    """
    theirs = update(Device).where(Device.account_id == account_id)
    db.execute(theirs.values(seen_at=LONG_AGO))


def known_device(db: Session, token: str) -> Device | None:
    """The device this token belongs to, whoever's it is."""
    return devices.of_token(db, hashed(token), since=now() - devices.KEPT) if token else None
