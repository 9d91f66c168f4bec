"""Tokens of mails, found by the hash of what was in the link."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.mail_tokens import MailToken


def of_secret(db: Session, digest: bytes) -> MailToken | None:
    """The token with this SHA-256, whether it still holds or not."""
    return db.scalars(select(MailToken).where(MailToken.token_hash == digest)).one_or_none()
