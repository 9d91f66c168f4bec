"""What a link in a mail may do: once, for one purpose and one address."""

import hashlib
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import WrongState
from db.models.accounts import Account
from db.models.mail_tokens import MailToken, Purpose
from db.queries import mail_tokens

USED = "This link was used before, has run out, or a newer one took its place."


def issue_token(db: Session, account: Account, purpose: Purpose, email: str) -> MailToken:
    """A new token for this address, whose secret is made when its mail leaves.

    It takes the place of earlier ones for the same purpose, but for those that take a change of
    address back: whoever changes an address twice must not take that way from its owner.
    """
    if purpose is not Purpose.RESTORE_EMAIL:
        end_tokens(db, account, purpose)
    token = MailToken(account_id=account.id, purpose=purpose, email=email, created_at=now())
    db.add(token)
    db.flush()
    return token


def use_token(db: Session, secret: str, *purposes: Purpose) -> MailToken:
    """The token of this secret, used up by this call; raises WrongState when it no longer holds.

    One conditional update: of two who use it at once, one gets it.
    """
    digest = hashlib.sha256(secret.encode("utf-8")).digest()
    token = mail_tokens.of_secret(db, digest)
    if token is None or token.purpose not in purposes:
        raise WrongState(USED)
    still_holds = (
        MailToken.id == token.id,
        MailToken.token_hash == digest,
        MailToken.used_at.is_(None),
        MailToken.expires_at > now(),
    )
    used = db.execute(
        update(MailToken).where(*still_holds).values(used_at=now()),
        execution_options={"synchronize_session": False},
    )
    if cast("CursorResult[Any]", used).rowcount != 1:
        raise WrongState(USED)
    return token


def end_tokens(db: Session, account: Account, *purposes: Purpose) -> None:
    """End an account's tokens for these purposes. Mails that wait with them are not sent."""
    db.execute(
        delete(MailToken).where(
            MailToken.account_id == account.id, MailToken.purpose.in_(purposes)
        ),
        execution_options={"synchronize_session": False},
    )
