"""Mails about one's account: to its owner, and to nobody else."""

from typing import Any

from sqlalchemy.orm import Session

from app.mail.outbox import enqueue, enqueue_about
from db.models.accounts import Account
from db.models.events import Event
from db.models.mail_tokens import MailToken


def email_confirmation(db: Session, account: Account, event: Event, token: MailToken) -> None:
    """The link that proves an address."""
    _with_link(db, "email_confirmation", account, event, token)


def email_change(db: Session, account: Account, event: Event, token: MailToken) -> None:
    """The link that makes a new address take the old one's place, to the new one."""
    _with_link(db, "email_change", account, event, token, new_email=token.email)


def email_changed(db: Session, account: Account, event: Event, token: MailToken) -> None:
    """The way back, to the address that was replaced."""
    _with_link(db, "email_changed", account, event, token, new_email=account.email)


def email_restored(db: Session, account: Account, event: Event) -> None:
    """That the address is the old one again."""
    enqueue_about(db, "email_restored", account, event)


def password_reset(db: Session, account: Account, event: Event, token: MailToken) -> None:
    """The link to a new password."""
    _with_link(db, "password_reset", account, event, token)


def password_changed(db: Session, account: Account, event: Event) -> None:
    """That the password is another one, in case it was somebody else."""
    enqueue_about(db, "password_changed", account, event)


def account_exists(db: Session, account: Account, event: Event) -> None:
    """That somebody wanted to make an account with an address that has one."""
    enqueue_about(db, "account_exists", account, event)


def nobody(db: Session, template: str, email: str, event: Event) -> None:
    """A mail that never leaves, for an address that gets none.

    It costs the request what a real one costs, so that its time does not tell who is a member.
    """
    mail = enqueue(db, template, key=_key(db, template, event), to=email)
    mail.wants_link = True


def _with_link(
    db: Session, template: str, account: Account, event: Event, token: MailToken, **detail: Any
) -> None:
    key = _key(db, template, event)
    enqueue(db, template, key=key, to=token.email, account=account, token=token, **detail)


def _key(db: Session, template: str, event: Event) -> str:
    """By the event, whose id is never used again, as that of a token may be."""
    db.flush()
    return f"{template}:event:{event.id}"
