"""Who is kept out of their account, and let in again. Nothing of theirs is removed meanwhile."""

from typing import Any

from sqlalchemy.orm import Session

from app.actions.sign_ins import end_sign_ins
from app.errors import WrongState
from app.events import record
from app.notify import conduct as tell
from db.models.accounts import Account, AccountStatus
from db.models.events import Event
from db.models.moves import move
from db.queries import accounts
from db.queries.viewers import Viewer


def suspend_account(db: Session, account_id: int, reason: str, *, by: Viewer, report: int) -> None:
    """Keep a person out from their next click on, and tell them why.

    Whoever asks for their page, requests or threads looks at the account itself, so that nothing
    else has to change.
    """
    account = accounts.locked(db, account_id)
    if account.is_suspended:
        raise WrongState("This account is suspended already.")
    event = _move(db, account, AccountStatus.SUSPENDED, by=by, report=report)
    end_sign_ins(db, account.id, but=None)
    tell.account_suspended(db, account, event, reason)


def restore_account(db: Session, account_id: int, reason: str, *, by: Viewer, report: int) -> None:
    """Let a person in again; all that is theirs is there as it was."""
    account = accounts.locked(db, account_id)
    if not account.is_suspended:
        raise WrongState("This account is not suspended any more.")
    event = _move(db, account, AccountStatus.ACTIVE, by=by, report=report, reason=reason)
    tell.account_restored(db, account, event, reason)


def _move(db: Session, account: Account, to: AccountStatus, *, by: Viewer, **detail: Any) -> Event:
    before = account.status
    move(account, to)
    done = "suspended" if to is AccountStatus.SUSPENDED else "restored"
    return record(db, f"account.{done}", by=by, subject=account, before=before, after=to, **detail)
