"""A password is tried: counted, then compared, wherever it is asked for."""

import msgspec

from app.actions.attempts import Try, limits_on, reserve_try
from app.actions.devices import known_device
from app.actions.sign_ins import WRONG
from app.errors import Refused, TooMany
from app.passwords import NOBODY, hashed, is_outdated, matches
from app.security_log import write
from app.web import networks
from app.web.request import Request
from app.web.sign_in import DEVICE, noted_token
from db.queries import accounts
from db.queries.accounts import Credentials


class Compared(msgspec.Struct, frozen=True):
    """A password that was right: whose, and a new hash where theirs is outdated."""

    known: Credentials
    tried: Try
    fresh_hash: str


def compared(
    request: Request, email: str, password: str, *, wrong: tuple[str, str] = ("", WRONG)
) -> Compared:
    """The password of this address, if it is right. Raises Refused, or TooMany without comparing.

    All of it happens before the request's own transaction begins, which nobody then waits for;
    an unknown address costs the same time as a known one.
    """
    with request.database.reading() as db:
        known = accounts.credentials(db, email)
        device = known_device(db, noted_token(request.scope, DEVICE))
    origin, whose = networks.origin(request.scope), known.id if known else None
    is_theirs = device is not None and device.account_id == whose
    limits = limits_on(
        email,
        address=networks.counted(request.scope),
        device_id=device.id if device and is_theirs else None,
    )
    try:
        # A transaction of its own, ahead of the deed's: a try must be counted, and stay counted,
        # before its password is compared, or a burst sent at once would be compared whole.
        with request.database.writing() as db:
            tried = reserve_try(db, email, limits)
    except TooMany:
        write("attempts.limited", origin, account=whose)
        raise
    right = matches(known.password_hash if known else NOBODY, password)
    if known is None or not right:
        write("sign_in.refused", origin, account=whose, why="wrong")
        raise Refused(*wrong)
    return Compared(known, tried, hashed(password) if is_outdated(known.password_hash) else "")
