"""Addresses: confirmed, changed, and taken back."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.attempts import may_be_mailed, may_have_mailed
from app.actions.devices import forget_devices
from app.actions.mail_tokens import (
    ENDED_BY_CHANGE,
    end_later_ways_back,
    end_tokens,
    issue_secret,
    issue_token,
    use_token,
    whom_to_mail,
)
from app.actions.sign_ins import end_sign_ins
from app.clock import now
from app.errors import Refused, WrongState
from app.events import record
from app.notify import accounts as tell
from db.models.accounts import Account
from db.models.events import Event
from db.models.mail_tokens import MailToken, Purpose
from db.queries import accounts, mail_tokens, viewers
from db.queries.viewers import Viewer

OWN = "This is your address already."
OFTEN = "You have asked for five changes within an hour. Try again later."
TAKEN = "This address belongs to another account now."
MOVED = "The account has another address now, and it is not this one."


def ask_for_confirmation(db: Session, email: str) -> None:
    """Send the link once more, if somebody here still has to confirm this address.

    Does as much, and takes as long, when nobody has.
    """
    asked = whom_to_mail(
        db, "email_confirmation", "email.confirmation_asked", email,
        unless=lambda account: account.has_confirmed_email,
    )  # fmt: skip
    if asked:
        send_confirmation(db, *asked)


def send_confirmation(db: Session, account: Account, event: Event) -> None:
    """Mail the link that proves the address an account has now, because of this event."""
    token = issue_token(db, account, Purpose.CONFIRM_EMAIL, account.email)
    tell.email_confirmation(db, account, event, token)


def ask_for_change(db: Session, email: str, *, by: Viewer) -> None:
    """Mail a link to the new address; nothing changes before it is used.

    Raises Refused for the address one has, and whoever asks too often. An address that somebody
    else has, or that had enough of our mails, gets none, and the answer does not say so.
    """
    account = accounts.locked(db, by.id)
    folded = accounts.folded(email)
    if folded == account.email_folded:
        raise Refused("email", OWN)
    if not may_have_mailed(db, "email_change", account.id):
        raise Refused("email", OFTEN)
    pending = mail_tokens.pending_change(db, account.id, at=now())
    has_enough = not may_be_mailed(db, "email_change", email)
    if has_enough and pending and accounts.folded(pending) == folded:
        return  # the mail that is on its way goes on working
    event = record(db, "email.change_asked", by=by, subject=account)
    token = issue_token(db, account, Purpose.CHANGE_EMAIL, email)
    if has_enough or accounts.is_taken(db, email, but=account.id, at=now()):
        tell.nobody(db, "email_change", email, event)
    else:
        tell.email_change(db, account, event, token)


def cancel_change(db: Session, *, by: Viewer) -> None:
    """Keep the address one has; the link in the mail no longer works."""
    account = accounts.locked(db, by.id)
    end_tokens(db, account, Purpose.CHANGE_EMAIL)
    record(db, "email.change_cancelled", by=by, subject=account)


def confirm_email(db: Session, secret: str) -> Purpose:
    """Do what the link in a mail is for, and say which it was: a confirmation, or a change.

    Raises WrongState when the link no longer holds.
    """
    token, account = use_token(db, secret, Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL)
    if token.purpose is Purpose.CHANGE_EMAIL:
        _change(db, account, token)
    elif token.email_folded != account.email_folded:
        raise WrongState(MOVED)
    else:
        account.email_confirmed_at = account.email_confirmed_at or now()
        person = viewers.of_account(db, account.id)
        record(db, "email.confirmed", by=person, subject=account)
    return token.purpose


def restore_email(db: Session, secret: str) -> str:
    """Take a change of address back; everybody who is signed in to the account is signed out.

    Returns the secret by which a new password can be chosen at once, since whoever made the
    change knows the old one. Raises WrongState when the link no longer holds.
    """
    token, account = use_token(db, secret, Purpose.RESTORE_EMAIL)
    _take(db, account, token.email)
    account.must_reset_password = True  # until then nobody changes the password with the password
    end_sign_ins(db, account.id, but=None)
    forget_devices(db, account.id)
    end_tokens(db, account, *ENDED_BY_CHANGE)
    end_later_ways_back(db, token)
    event = record(db, "email.restored", by=viewers.of_account(db, account.id), subject=account)
    tell.email_restored(db, account, event)
    return issue_secret(db, account, Purpose.RESET_PASSWORD)


def _change(db: Session, account: Account, token: MailToken) -> None:
    before, was_confirmed = account.email, account.has_confirmed_email
    _take(db, account, token.email)
    end_tokens(db, account, *ENDED_BY_CHANGE)
    event = record(db, "email.changed", by=viewers.of_account(db, account.id), subject=account)
    if was_confirmed:
        way_back = issue_token(db, account, Purpose.RESTORE_EMAIL, before)
        tell.email_changed(db, account, event, way_back)


def _take(db: Session, account: Account, email: str) -> None:
    try:
        with db.begin_nested():
            account.email = email
            account.email_folded = accounts.folded(email)
            account.email_confirmed_at = now()
            db.flush()
    except IntegrityError:
        raise WrongState(TAKEN) from None
    # Only now, when whoever gave the address up a moment ago has done so.
    if accounts.is_taken(db, email, but=account.id, at=now()):
        raise WrongState(TAKEN)
