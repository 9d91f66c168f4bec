"""Where a coach has worked. Months are stored as their first day; without an end it goes on."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.list_items import ListItem
from db.models.profiles import CoachProfile


class Experience(ListItem, Base):
    __tablename__ = "experiences"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(100))
    company: Mapped[str] = mapped_column(String(100), default="")
    description: Mapped[str] = mapped_column(String(1000), default="")
    started: Mapped[date]
    ended: Mapped[date | None]
