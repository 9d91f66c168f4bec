"""Where a coach has learned. Months are stored as their first day; without an end it goes on."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.list_items import ListItem
from db.models.profiles import CoachProfile


class Education(ListItem, Base):
    __tablename__ = "educations"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), index=True
    )
    institution: Mapped[str] = mapped_column(String(100))
    degree: Mapped[str] = mapped_column(String(100), default="")
    field: Mapped[str] = mapped_column(String(100), default="")
    started: Mapped[date]
    ended: Mapped[date | None]
