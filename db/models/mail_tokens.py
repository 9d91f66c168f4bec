"""What a link in a mail proves: a purpose, an address, once. Here is only the token's hash.

The token itself is made when the mail is delivered, so that no copy of the database, and no mail
that still waits in it, holds a link that works.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.types import Id


class Purpose(StrEnum):
    CONFIRM_EMAIL = "confirm_email"
    CHANGE_EMAIL = "change_email"
    RESTORE_EMAIL = "restore_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose


class MailToken(Base):
    __tablename__ = "mail_tokens"
    __table_args__ = (Index(None, "account_id", "purpose"), Index(None, "expires_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    purpose: Mapped[Purpose]
    email: Mapped[str] = mapped_column(String(254))  # the address it is about, as it was typed
    email_folded: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]  # known once it is delivered
    used_at: Mapped[datetime | None]
