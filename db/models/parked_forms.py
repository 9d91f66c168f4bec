"""What somebody was sending when their sign-in had run out: kept until they have signed in again.

Found by the hash of a token in a cookie of that browser; passwords are never in it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.types import Id, Json


class ParkedForm(Base):
    __tablename__ = "parked_forms"
    # Addresses name them by number, so a number is never given to another one.
    __table_args__ = (Index(None, "created_at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)  # of several, perhaps
    account_id: Mapped[int | None] = mapped_column(  # whose it was, where that is known
        ForeignKey(Account.id, ondelete="CASCADE"), index=True
    )
    path: Mapped[str] = mapped_column(String(1000))
    page: Mapped[str] = mapped_column(String(1000))  # where the form stood
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime]
