"""What a link in a mail may do: once, for one purpose and one address."""

from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from app.actions.attempts import may_be_mailed
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.mail.links import LINKS
from app.notify import accounts as tell
from app.tokens import hashed, new_token
from db.models.accounts import Account
from db.models.events import Event
from db.models.mail_tokens import MailToken, Purpose
from db.queries import accounts, mail_tokens

USED = "This link was used before, has run out, or a newer one took its place."
# Those that end when the password or the address changes. What takes a change of address back
# stays: whoever changes both must not take that way from the owner.
ENDED_BY_CHANGE = (Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL, Purpose.RESET_PASSWORD)


def whom_to_mail(
    db: Session,
    template: str,
    event_name: str,
    email: str,
    unless: Callable[[Account], bool] = lambda _: False,
) -> tuple[Account, Event] | None:
    """Whoever has this address and is to get this mail, held, and the history of its being asked.

    None for an address that nobody has, or `unless` keeps from it, after as much work; and for
    one that had enough such mails.
    """
    if not may_be_mailed(db, template, email):
        return None
    account = accounts.locked_by_email(db, email)
    event = record(db, event_name, by=None, subject=account or accounts.NOBODY)
    if account is None or unless(account):
        tell.nobody(db, template, email, event)
        return None
    return account, event


def issue_token(db: Session, account: Account, purpose: Purpose, email: str) -> MailToken:
    """A new token for this address, whose secret is made when its mail leaves.

    The caller holds the account. It takes the place of earlier ones for the same purpose, but
    for those that take a change of address back: after two changes both can be.
    """
    if purpose is not Purpose.RESTORE_EMAIL:
        end_tokens(db, account, purpose)
    token = MailToken(
        account_id=account.id,
        purpose=purpose,
        email=email,
        email_folded=accounts.folded(email),
        created_at=now(),
    )
    db.add(token)
    db.flush()
    return token


def issue_secret(db: Session, account: Account, purpose: Purpose) -> str:
    """The secret of a new token, for somebody who has just come from a link in a mail."""
    token, secret = issue_token(db, account, purpose, account.email), new_token()
    token.token_hash, token.expires_at = hashed(secret), now() + LINKS[purpose].holds
    db.flush()
    return secret


def use_token(db: Session, secret: str, *purposes: Purpose) -> tuple[MailToken, Account]:
    """The token of this secret, used up by this call, and its account, held from here on.

    Raises WrongState when it no longer holds. One conditional update: of two who use it at once,
    one gets it.
    """
    token = mail_tokens.of_secret(db, hashed(secret)) if secret else None
    if token is None or token.purpose not in purposes:
        raise WrongState(USED)
    account = accounts.locked(db, token.account_id)  # first, as all who end tokens do
    still_holds = (
        MailToken.id == token.id,
        MailToken.token_hash == hashed(secret),
        MailToken.used_at.is_(None),
        MailToken.expires_at > now(),
    )
    used = db.execute(
        update(MailToken).where(*still_holds).values(used_at=now()),
        execution_options={"synchronize_session": False},
    )
    if cast("CursorResult[Any]", used).rowcount != 1:
        raise WrongState(USED)
    return token, account


def forget_secrets(db: Session) -> None:
    """Kill the links that have run out: a clock that goes back revives none.

    Their tokens stay, since a mail that waits for its server gets a new secret with each try.
    """
    for ids in iter(lambda: mail_tokens.run_out(db, at=now()), []):
        db.execute(
            update(MailToken).where(MailToken.id.in_(ids)).values(token_hash=None),
            execution_options={"synchronize_session": False},
        )


def end_tokens(db: Session, account: Account, *purposes: Purpose) -> None:
    """End an account's tokens for these purposes. Mails that wait with them are not sent."""
    # The session forgets them too: the next token may get the id of one that has ended.
    db.execute(
        delete(MailToken).where(MailToken.account_id == account.id, MailToken.purpose.in_(purposes))
    )


def end_later_ways_back(db: Session, used: MailToken) -> None:
    """End what could take an address back that the account had after the one that is back now.

    Whoever took the account changed its address twice; the second of them is no way in for them.
    Ways back to still earlier addresses stay.
    """
    later = (
        MailToken.account_id == used.account_id,
        MailToken.purpose == Purpose.RESTORE_EMAIL,
        MailToken.created_at >= used.created_at,
        MailToken.id != used.id,
    )
    db.execute(delete(MailToken).where(*later), execution_options={"synchronize_session": False})
