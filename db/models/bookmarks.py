"""A coach's private mark on a learning request."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest


class Bookmark(Base):
    __tablename__ = "bookmarks"
    __table_args__ = (Index(None, "coach_id", "created_at"),)

    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey(LearningRequest.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]

    learning_request: Mapped[LearningRequest] = relationship(lazy="raise")
