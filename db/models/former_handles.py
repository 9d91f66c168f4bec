"""The names that coaches' pages had before."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.profiles import CoachProfile


class FormerHandle(Base):
    """A name a coach's page had: it leads to the page, and nobody else can take it."""

    __tablename__ = "former_handles"

    handle: Mapped[str] = mapped_column(String(60), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), index=True
    )
    left_at: Mapped[datetime]
