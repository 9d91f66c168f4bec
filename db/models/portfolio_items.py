"""What a coach shows of their work: words, links to where it lives, and at most a thumbnail."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.list_items import ListItem
from db.models.pictures import Picture
from db.models.profiles import CoachProfile
from db.models.skills import Skill
from db.types import Id

MOST_ITEMS, MOST_LINKS = 12, 5


class Category(StrEnum):
    CASE_STUDY = "case_study"
    WORK_SAMPLE = "work_sample"
    INTRODUCTION = "introduction"
    TUTORIAL = "tutorial"
    TESTIMONIAL = "testimonial"
    OTHER = "other"


class PortfolioItem(ListItem, Base):
    __tablename__ = "portfolio_items"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), index=True
    )
    category: Mapped[Category]
    title: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(2000))
    thumbnail_id: Mapped[int | None] = mapped_column(ForeignKey(Picture.id), index=True)
    created_at: Mapped[datetime]


class PortfolioLink(Base):
    """An http or https address as a browser reads it, and what the coach calls it."""

    __tablename__ = "portfolio_links"
    __table_args__ = (UniqueConstraint("item_id", "position"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey(PortfolioItem.id, ondelete="CASCADE"))
    position: Mapped[int]
    address: Mapped[str] = mapped_column(String(500))
    label: Mapped[str] = mapped_column(String(80), default="")


class PortfolioSkill(Base):
    __tablename__ = "portfolio_skills"

    item_id: Mapped[int] = mapped_column(
        ForeignKey(PortfolioItem.id, ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[int] = mapped_column(ForeignKey(Skill.id), primary_key=True, index=True)
    position: Mapped[int]
