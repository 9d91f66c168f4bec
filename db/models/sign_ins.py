"""A signed-in browser. The token itself is only in the cookie; here is its hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.types import Id


class SignIn(Base):
    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    remember: Mapped[bool] = mapped_column(default=False)
    browser: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(60), default="")  # the network it came from
    created_at: Mapped[datetime]
    proved_at: Mapped[datetime]  # when the password was last given
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise")
