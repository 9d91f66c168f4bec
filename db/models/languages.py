"""The languages of the two sides of a person: two lists that never touch each other."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.list_items import ListItem
from db.models.profiles import CoachProfile, StudentProfile
from db.models.skills import LanguageLevel


class StudentLanguage(ListItem, Base):
    __tablename__ = "student_languages"
    __table_args__ = (UniqueConstraint("account_id", "language"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey(StudentProfile.account_id, ondelete="CASCADE")
    )
    language: Mapped[str] = mapped_column(String(8))
    level: Mapped[LanguageLevel]


class CoachLanguage(ListItem, Base):
    __tablename__ = "coach_languages"
    __table_args__ = (
        UniqueConstraint("account_id", "language"),
        # All that is looked at of the newest hundreds of coaches, whom every list counts.
        Index(None, "account_id", "language", "level", "removed_at"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey(CoachProfile.account_id, ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    level: Mapped[LanguageLevel]
