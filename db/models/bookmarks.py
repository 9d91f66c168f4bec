"""A coach's private mark on a learning request."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest


class Bookmark(Base):
    """One a coach and request, whatever is pressed how often; taken off, it can come back."""

    __tablename__ = "bookmarks"
    __table_args__ = (Index(None, "coach_id", "created_at"),)

    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey(LearningRequest.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    learning_request: Mapped[LearningRequest] = relationship(lazy="raise")
