"""Signed-in browsers: begun and ended. What keeps one alive is seen by app/web/sign_in.py."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy.orm import Session

from app.clock import now
from app.errors import Refused
from app.events import record
from db.models.sign_ins import SignIn
from db.queries import accounts, sign_ins, viewers
from db.queries.accounts import Credentials

WRONG = "The email or the password is not right."
NOT_NOW = "You cannot sign in to this account at the moment."
MOST = 20  # a person; the oldest goes
LONGEST = timedelta(hours=24)
LONGEST_REMEMBERED = timedelta(days=30)


def begin_sign_in(
    db: Session, known: Credentials, *, remember: bool, browser: str, fresh_hash: str = ""
) -> str:
    """Sign a browser in to the account whose password was right; returns its new token.

    `fresh_hash` takes the place of one made with older parameters. Raises Refused when the
    account is suspended, or its password was changed while this one was being compared.
    """
    account = accounts.locked(db, known.id)
    if account.password_hash != known.password_hash:
        raise Refused("", WRONG)
    if account.is_suspended:
        raise Refused("", NOT_NOW)
    if fresh_hash:
        account.password_hash = fresh_hash
    token, at = secrets.token_urlsafe(32), now()
    sign_in = SignIn(
        account_id=account.id,
        token_hash=hashlib.sha256(token.encode("ascii")).digest(),
        remember=remember,
        browser=browser,
        created_at=at,
        proved_at=at,
        seen_at=at,
        expires_at=at + (LONGEST_REMEMBERED if remember else LONGEST),
    )
    db.add(sign_in)
    db.flush()
    for oldest in sign_ins.beyond_newest(db, account.id, MOST):
        db.delete(oldest)
    record(db, "sign_in.created", by=viewers.of_account(db, account.id), subject=sign_in)
    return token


def end_sign_in(db: Session, token_hash: bytes) -> None:
    """Sign the browser that holds this token out; where none does, nothing happens."""
    sign_in = sign_ins.by_token(db, token_hash)
    if sign_in is not None:
        person = viewers.of_account(db, sign_in.account_id)
        record(db, "sign_in.destroyed", by=person, subject=sign_in)
        db.delete(sign_in)
