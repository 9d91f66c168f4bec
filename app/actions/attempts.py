"""What is counted: guesses at passwords before they are compared, and mails that are asked for."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import TooMany
from db.models.attempts import Attempt
from db.queries import accounts, attempts

WITHIN = timedelta(minutes=15)
MOST_FOR_AN_ACCOUNT = 10
MOST_FOR_A_DEVICE = 10
MOST_FROM_AN_ADDRESS = 30
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
QUIET = timedelta(hours=1)  # after which delays begin at the shortest again
KEPT = timedelta(days=1)
MAILS_WITHIN = timedelta(hours=1)
MOST_MAILS = 3  # of one kind to one address
MOST_MAILS_BY_ONE = 5  # that one person asks for, to whatever address
TOO_OFTEN = "That was too many tries."
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Limit(msgspec.Struct, frozen=True):
    """So many tries within a quarter of an hour; `grows`: then one after each longer delay."""

    key: str
    most: int
    grows: bool = False


class Try(msgspec.Struct, frozen=True):
    """A try that has been counted, and what is forgiven when it turns out right."""

    ids: tuple[int, ...]
    keys: tuple[str, ...]


def limits_on(email: str, *, address: str, device_id: int | None) -> tuple[Limit, ...]:
    """What a try at this account counts against, whether anybody has the account or not.

    A device that the account was used on before has a counter of its own, so that who guesses
    elsewhere does not keep the owner out.
    """
    if device_id is None:
        own = Limit(account_key(email), MOST_FOR_AN_ACCOUNT, grows=True)
    else:
        own = Limit(f"device:{device_id}", MOST_FOR_A_DEVICE)
    return (own, Limit(f"address:{address}", MOST_FROM_AN_ADDRESS))


def account_key(email: str) -> str:
    """Under what tries at an address are counted, in any spelling of it."""
    return f"account:{_digest(email)}"


def _digest(email: str) -> str:
    return hashlib.sha256(accounts.folded(email).encode()).hexdigest()


def reserve_try(db: Session, email: str, limits: Sequence[Limit]) -> Try:
    """Count one try against every limit; raises TooMany when one is reached, and counts nothing.

    To be committed before the password is compared: of many sent at once, each must find those
    counted that came before it.
    """
    at = now()
    keys = [limit.key for limit in limits]
    attempts.hold(db, keys)
    free = max(_free_at(db, limit, at) for limit in limits)
    if free > at:
        raise TooMany.after(TOO_OFTEN, free - at)
    tries = [Attempt(key=key, at=at) for key in keys]
    db.add_all(tries)
    db.flush()
    return Try(tuple(one.id for one in tries), (account_key(email), limits[0].key))


def forgive_tries(db: Session, tried: Try) -> None:
    """Forget a try that was right, and the wrong ones before it; not those of its address."""
    db.execute(
        delete(Attempt).where(or_(Attempt.id.in_(tried.ids), Attempt.key.in_(tried.keys))),
        execution_options={"synchronize_session": False},
    )


def forget_tries(db: Session, email: str) -> None:
    """Forget the tries at an account whose owner came back another way."""
    db.execute(
        delete(Attempt).where(Attempt.key == account_key(email)),
        execution_options={"synchronize_session": False},
    )


def may_be_mailed(db: Session, template: str, email: str) -> bool:
    """Whether this address may be sent another such mail now, and if so, that it is.

    Counted for addresses nobody has, too.
    """
    return _is_free(db, f"mail:{template}:{_digest(email)}", MOST_MAILS)


def may_have_mailed(db: Session, template: str, account_id: int) -> bool:
    """Whether this person may have us write to an address that is not theirs yet."""
    return _is_free(db, f"mail_by:{template}:{account_id}", MOST_MAILS_BY_ONE)


def _is_free(db: Session, key: str, most: int) -> bool:
    at = now()
    attempts.hold(db, [key])
    is_free = len(attempts.times(db, key, since=at - MAILS_WITHIN, at=at)) < most
    if is_free:
        db.add(Attempt(key=key, at=at))
    return is_free


def _free_at(db: Session, limit: Limit, at: datetime) -> datetime:
    tries = attempts.times(db, limit.key, since=at - (KEPT if limit.grows else WITHIN), at=at)
    if not limit.grows:
        return tries[-limit.most] + WITHIN if len(tries) >= limit.most else LONG_AGO
    level = _level(tries, limit.most)
    return tries[-1] + DELAYS[min(level, len(DELAYS)) - 1] if level else LONG_AGO


def _level(tries: Sequence[datetime], most: int) -> int:
    """How many tries there were since too many came within a quarter of an hour; 0 for none."""
    level = 0
    for number, at in enumerate(tries):
        if number and at - tries[number - 1] >= QUIET:
            level = 0
        first = number + 1 - most
        if level or (first >= 0 and at - tries[first] < WITHIN):
            level += 1
    return level
