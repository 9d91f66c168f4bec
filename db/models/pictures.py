"""Pictures people uploaded, decoded and made anew by us: small, and nothing but the picture."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.types import Id


class PictureKind(StrEnum):
    COACH = "coach"
    STUDENT = "student"
    THUMBNAIL = "thumbnail"


class Picture(Base):
    """Never changed: another picture is another row, under another `token` in its address."""

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    kind: Mapped[PictureKind]
    token: Mapped[str] = mapped_column(String(43), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # WebP
    created_at: Mapped[datetime]
