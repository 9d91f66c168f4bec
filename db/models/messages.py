"""What people write to each other. Each thread counts its own messages, without gaps."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account
from db.models.threads import Thread
from db.types import Id


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index(None, "sender_id", "created_at"),
        Index(None, "sender_id", "text_key"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id, ondelete="CASCADE"))
    number: Mapped[int]
    sender_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    text: Mapped[str] = mapped_column(String(4000))
    text_key: Mapped[int | None] = mapped_column(BigInteger)  # the same for the same words, if long
    search_text: Mapped[str] = mapped_column(Text, server_default="")  # search_entries knows how
    created_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]  # by staff; neither reads it any more

    sender: Mapped[Account] = relationship(lazy="raise")
