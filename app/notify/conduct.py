"""What staff decided about a person: to them and to nobody else, and never who reported them."""

from typing import Any

from sqlalchemy.orm import Session

from app.mail.shortened import in_parts
from app.notify.notices import notify
from db.models.accounts import Account
from db.models.events import Event
from db.models.notices import NoticeKind

LIST = "/notices"  # says the reason in full


def account_warned(db: Session, account: Account, event: Event, reason: str) -> None:
    """What a person may not do here."""
    _decided(db, "account_warned", account, event, reason)


def messages_hidden(
    db: Session, account: Account, event: Event, reason: str, thread: int, count: int
) -> None:
    """That messages of a person are hidden, and why; the thread shows which."""
    _decided(
        db, "message_hidden", account, event, reason, path=f"/messages/{thread}",
        messages=count, thread=thread,
    )  # fmt: skip


def account_suspended(db: Session, account: Account, event: Event, reason: str) -> None:
    """That a person cannot sign in, and why."""
    _decided(db, "account_suspended", account, event, reason)


def account_restored(db: Session, account: Account, event: Event, reason: str) -> None:
    """That a person can sign in again, and why."""
    _decided(db, "account_restored", account, event, reason)


def _decided(
    db: Session, name: str, account: Account, event: Event, reason: str, path: str = LIST,
    **detail: Any,
) -> None:  # fmt: skip
    notify(
        db, account, event, kind=NoticeKind.CONDUCT, name=name, side=None, path=path,
        reason=in_parts(reason), **detail,
    )  # fmt: skip
