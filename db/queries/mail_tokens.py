"""Tokens of mails, found by the hash of what was in the link."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.mail_tokens import MailToken, Purpose

CHANGE_WAITS = timedelta(hours=1)
MOST = 500  # at one look


class Holder(msgspec.Struct, frozen=True):
    """Whose a link that still holds is, and what it is about."""

    purpose: Purpose
    email: str
    first_name: str
    last_name: str
    account_email: str


def of_secret(db: Session, digest: bytes) -> MailToken | None:
    """The token with this SHA-256, whether it still holds or not."""
    return db.scalars(select(MailToken).where(MailToken.token_hash == digest)).one_or_none()


def is_any_run_out(db: Session, *, at: datetime) -> bool:
    """Whether a secret is known that holds no longer."""
    return db.scalars(_run_out(at).limit(1)).first() is not None


def run_out(db: Session, *, at: datetime) -> Sequence[int]:
    """Some tokens of such secrets; what somebody holds is left for later."""
    return db.scalars(_run_out(at).limit(MOST).with_for_update(skip_locked=True)).all()


def _run_out(at: datetime) -> Select[int]:
    over = (MailToken.expires_at <= at, MailToken.token_hash.is_not(None))
    return select(MailToken.id).where(*over)


def holder(db: Session, digest: bytes, *purposes: Purpose, at: datetime) -> Holder | None:
    """Whose the link with this SHA-256 is, if it still holds for one of these purposes."""
    query = (
        select(
            MailToken.purpose,
            MailToken.email,
            Account.first_name,
            Account.last_name,
            Account.email,
        )
        .join(Account, Account.id == MailToken.account_id)
        .where(
            MailToken.token_hash == digest,
            MailToken.purpose.in_(purposes),
            MailToken.used_at.is_(None),
            MailToken.expires_at > at,
        )
    )
    row = db.execute(query).one_or_none()
    return Holder(*row) if row else None


def pending_change(db: Session, account_id: int, *, at: datetime) -> str:
    """The address an account waits to change to, or "".

    Counted from when it was asked for: whether a mail has left must not show.
    """
    query = select(MailToken.email).where(
        MailToken.account_id == account_id,
        MailToken.purpose == Purpose.CHANGE_EMAIL,
        MailToken.used_at.is_(None),
        MailToken.created_at > at - CHANGE_WAITS,
    )
    return db.scalars(query.order_by(MailToken.id.desc())).first() or ""


def owner_of_reserved(db: Session, email_folded: str, *, at: datetime) -> int | None:
    """The account that can still take this address back."""
    query = select(MailToken.account_id).where(
        MailToken.email_folded == email_folded,
        MailToken.purpose == Purpose.RESTORE_EMAIL,
        MailToken.used_at.is_(None),
        or_(MailToken.expires_at.is_(None), MailToken.expires_at > at),
    )
    return db.scalars(query.limit(1)).first()
