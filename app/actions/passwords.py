"""Passwords: changed by whoever knows the old one, or by whoever gets the account's mail."""

from sqlalchemy.orm import Session

from app.actions.attempts import forget_tries
from app.actions.devices import forget_devices
from app.actions.mail_tokens import (
    ENDED_BY_CHANGE,
    end_tokens,
    issue_token,
    use_token,
    whom_to_mail,
)
from app.actions.sign_ins import end_sign_ins, rotate_sign_in
from app.clock import now
from app.errors import SignInNeeded, WrongState
from app.events import record
from app.notify import accounts as tell
from db.models.mail_tokens import Purpose
from db.queries import accounts, sign_ins, viewers
from db.queries.viewers import Viewer

MOVED = "The account has another address now. Ask for a new link there."


def ask_for_reset(db: Session, email: str) -> None:
    """Mail a link to a new password, if somebody here has this address.

    Does as much, and takes as long, when nobody has.
    """
    asked = whom_to_mail(db, "password_reset", "password.reset_asked", email)
    if asked is None:
        return
    account, event = asked
    token = issue_token(db, account, Purpose.RESET_PASSWORD, account.email)
    tell.password_reset(db, account, event, token)


def reset_password(db: Session, secret: str, password_hash: str) -> None:
    """Give the account of this link a new password, and sign everybody out of it.

    The mail has also proved the address. Raises WrongState when the link no longer holds.
    """
    token, account = use_token(db, secret, Purpose.RESET_PASSWORD)
    if token.email_folded != account.email_folded:
        raise WrongState(MOVED)
    account.password_hash = password_hash
    account.must_reset_password = False
    account.email_confirmed_at = account.email_confirmed_at or now()
    end_sign_ins(db, account.id, but=None)
    forget_devices(db, account.id)
    forget_tries(db, account.email)
    end_tokens(db, account, *ENDED_BY_CHANGE)
    event = record(db, "password.reset", by=viewers.of_account(db, account.id), subject=account)
    tell.password_changed(db, account, event)


def change_password(db: Session, password_hash: str, *, by: Viewer) -> tuple[str, bool]:
    """Give one's account a new password, and sign all other browsers out.

    Returns the new token of this browser's sign-in, and whether it outlives the browser.
    """
    account = accounts.locked(db, by.id)
    sign_in = sign_ins.locked(db, by.sign_in_id)
    if sign_in is None:
        raise SignInNeeded
    account.password_hash = password_hash
    end_sign_ins(db, account.id, but=sign_in.id)
    end_tokens(db, account, *ENDED_BY_CHANGE)
    sign_in.proved_at = sign_in.seen_at = now()
    event = record(db, "password.changed", by=by, subject=account)
    tell.password_changed(db, account, event)
    return rotate_sign_in(db, sign_in), sign_in.remember
