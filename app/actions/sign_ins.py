"""Signed-in browsers: begun, proved and ended. app/web/sign_in.py sees what keeps one alive."""

from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import Refused, SignInNeeded
from app.events import record
from app.security_log import write_refused
from app.tokens import hashed, new_token
from db.models.accounts import Account
from db.models.sign_ins import SignIn
from db.queries import accounts, report_facts, sign_ins, viewers
from db.queries.accounts import Credentials
from db.queries.viewers import LONGEST, LONGEST_REMEMBERED, Viewer

WRONG = "The email or the password is not right."
NOT_YOURS = ("password", "This is not your password.")
SUSPENDED = "This account is suspended, and nobody can sign in to it at the moment."
MOST = 20  # a person; the oldest goes


def begin_sign_in(
    db: Session,
    known: Credentials,
    *,
    remember: bool,
    browser: str,
    place: str = "",
    fresh_hash: str = "",
) -> str:
    """Sign a browser in to the account whose password was right; returns its new token.

    `fresh_hash` takes the place of one made with older parameters. Raises Refused when the
    account is suspended, or its password was changed while this one was being compared.
    """
    account = _unchanged(db, known, fresh_hash)
    token, at = new_token(), now()
    sign_in = SignIn(
        account_id=account.id,
        token_hash=hashed(token),
        remember=remember,
        browser=browser,
        place=place,
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


def prove_sign_in(
    db: Session, known: Credentials, *, by: Viewer, fresh_hash: str = ""
) -> tuple[str, bool]:
    """Note that whoever holds this sign-in has given the password again.

    Returns its new token, and whether it outlives the browser.
    """
    _unchanged(db, known, fresh_hash)
    sign_in = sign_ins.locked(db, by.sign_in_id)
    if sign_in is None:
        raise SignInNeeded  # it was ended, perhaps from another browser, a moment ago
    sign_in.proved_at = sign_in.seen_at = now()
    record(db, "sign_in.proved", by=by, subject=sign_in)
    return rotate_sign_in(db, sign_in), sign_in.remember


def rotate_sign_in(db: Session, sign_in: SignIn) -> str:
    """Give a sign-in a new token: whoever copied the old one is a guest from now on."""
    token = new_token()
    sign_in.token_hash = hashed(token)
    db.flush()
    return token


def destroy_sign_in(db: Session, token: str) -> None:
    """Sign the browser that holds this token out; where none does, nothing happens."""
    sign_in = sign_ins.by_token(db, hashed(token)) if token else None
    if sign_in is not None:
        person = viewers.of_account(db, sign_in.account_id)
        record(db, "sign_in.destroyed", by=person, subject=sign_in)
        db.delete(sign_in)


def end_sign_in(db: Session, sign_in: SignIn, *, by: Viewer) -> None:
    """Sign one of one's browsers out from afar."""
    record(db, "sign_in.ended", by=by, subject=sign_in)
    db.delete(sign_in)


def end_other_sign_ins(db: Session, *, by: Viewer) -> None:
    """Sign out all of one's browsers but the one that asks; without any, nothing happens."""
    accounts.locked(db, by.id)  # first, as all do who end more than one
    sign_in = sign_ins.locked(db, by.sign_in_id)
    if sign_in is None:
        raise SignInNeeded
    if end_sign_ins(db, by.id, but=sign_in.id):
        record(db, "sign_in.ended_others", by=by, subject=sign_in)


def end_sign_ins(db: Session, account_id: int, *, but: int | None) -> bool:
    """End all sign-ins of an account at once, except one if it is named; whether there was any."""
    all_of_them = delete(SignIn).where(SignIn.account_id == account_id)
    ended = db.execute(all_of_them if but is None else all_of_them.where(SignIn.id != but))
    return cast("CursorResult[Any]", ended).rowcount > 0


def _unchanged(db: Session, known: Credentials, fresh_hash: str) -> Account:
    account = accounts.locked(db, known.id)
    if account.password_hash != known.password_hash:
        raise Refused("", WRONG)
    if account.is_suspended:
        write_refused(db, account=account.id, why="suspended")
        # Whoever gives the right password is told why; nobody else learns that there is an account.
        reason = report_facts.suspension_reason(db, account.id)
        raise Refused("", f"{SUSPENDED} The reason: {reason}" if reason else SUSPENDED)
    if fresh_hash:
        account.password_hash = fresh_hash
    return account
