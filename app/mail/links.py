"""The links in mails: where they lead, how long they work, and how their secrets are made."""

from datetime import timedelta
from typing import Any, cast

import msgspec
from sqlalchemy import CursorResult, update

from app.clock import now
from app.tokens import hashed, new_token
from db.engine import Database
from db.models.mail_tokens import MailToken, Purpose


class Link(msgspec.Struct, frozen=True):
    """An address that a secret is put behind; it works this long after the mail has left."""

    path: str
    holds: timedelta
    words: str


LINKS = {
    Purpose.CONFIRM_EMAIL: Link("/confirm-email", timedelta(hours=24), "24 hours"),
    Purpose.CHANGE_EMAIL: Link("/confirm-email", timedelta(hours=1), "1 hour"),
    Purpose.RESTORE_EMAIL: Link("/restore-email", timedelta(hours=72), "72 hours"),
    Purpose.RESET_PASSWORD: Link("/reset-password", timedelta(minutes=30), "30 minutes"),
}


def mint(database: Database, token_id: int, purpose: Purpose) -> str | None:
    """A new secret for a token, or None when the token is used up or gone.

    Every try to deliver makes another one, so that no secret is ever kept anywhere.
    """
    secret = new_token()
    still_wanted = (MailToken.id == token_id, MailToken.used_at.is_(None))
    made = {"token_hash": hashed(secret), "expires_at": now() + LINKS[purpose].holds}
    # Apart from the claim: who ends a token holds it first and its mail second.
    with database.writing() as db:
        minted = db.execute(update(MailToken).where(*still_wanted).values(**made))
    return secret if cast("CursorResult[Any]", minted).rowcount == 1 else None
