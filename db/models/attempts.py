"""Tries that are counted: at passwords, and for mails. One row a try.

`key` says whose: what is tried and a digest of the account's address, a network or a device. It
stands for addresses nobody has, too, so it refers to no account.
"""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id


class Attempt(Base):
    __tablename__ = "attempts"
    __table_args__ = (Index(None, "key", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
