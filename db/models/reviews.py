"""What the two say of each other, sealed until both have or the time for it is over."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.types import Id

REVIEWED_WITHIN = timedelta(days=14)  # after the contract has ended
REPLIED_WITHIN = timedelta(days=28)  # after it was published
ONGOING_FROM = 3  # completed sessions, while the contract runs
SHOWN_FROM = 3  # reviews, before an average is shown


class Review(Base):
    """`side` is that of its author. It opens at `opens_at` at the latest, whatever a job does."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("contract_id", "author_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("author_id != about_id", name="two_people"),
        Index(None, "about_id", "side", "published_at"),
        Index(
            "ix_reviews_opens_at",
            "opens_at",
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey(Contract.id))
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    about_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    side: Mapped[Side]
    stars: Mapped[int]
    text: Mapped[str] = mapped_column(String(2000), default="")
    is_ongoing: Mapped[bool] = mapped_column(default=False)  # written before the contract ended
    written_at: Mapped[datetime]
    opens_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(String(2000), default="")
    replied_at: Mapped[datetime | None]

    contract: Mapped[Contract] = relationship(lazy="raise")
