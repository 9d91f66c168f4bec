"""The way out of mails: an address that ends them, whose secret is its account's.

It opens nothing and shows nothing, and does not change, so that the oldest mail still works.
"""

from datetime import timedelta
from typing import TypeAlias

from sqlalchemy import update

from app.clock import now
from app.mail.claims import Claimed
from app.tokens import new_token
from db.engine import Database
from db.models.accounts import Account
from db.models.notices import MailTiming, NoticeKind
from db.queries import outgoing_mail
from db.queries.outgoing_mail import Wish

Stopped: TypeAlias = NoticeKind | None  # None: the mail once a day

BUNDLE = "bundle"
# What staff decided is told whatever is set, so those mails have no way out.
WAYS: dict[str, Stopped] = {
    BUNDLE: None,
    **{kind.value: kind for kind in NoticeKind if kind is not NoticeKind.CONDUCT},
}
LATE = timedelta(hours=1)  # after which a mail is left out for who has read the notice


def address(public_url: str, key: str, way: str) -> str:
    """Where mails of this kind can be ended."""
    return f"{public_url}/unsubscribe/{key}/{way}"


def key_for(database: Database, mail: Claimed, way: str) -> str | None:
    """The secret for the address in a mail; None when nobody wants the mail any more."""
    wish = _wish(database, mail, way)
    if wish and not wish.mail_key:
        # At the first such mail, by whichever node is the first.
        none_yet = (Account.id == mail.account_id, Account.mail_key.is_(None))
        with database.writing() as db:
            db.execute(update(Account).where(*none_yet).values(mail_key=new_token()))
        wish = _wish(database, mail, way)
    return wish.mail_key if wish else None


def _wish(database: Database, mail: Claimed, way: str) -> Wish | None:
    with database.reading() as db:
        wish = outgoing_mail.wish(db, mail.account_id or 0, WAYS[way], mail.key)
    if wish is None or wish.is_suspended or wish.timing is MailTiming.OFF:
        return None
    was_read = wish.read_at is not None and now() - mail.created_at > LATE
    return None if was_read else wish
