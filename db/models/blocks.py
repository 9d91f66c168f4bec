"""One person who wants to hear nothing from another; it stops messages both ways."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account


class Block(Base):
    """About two people, whichever sides they have in their threads; unblocking removes the row."""

    __tablename__ = "blocks"
    __table_args__ = (CheckConstraint("blocker_id != blocked_id", name="two_people"),)

    blocker_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]
