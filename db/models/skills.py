"""What can be learned and taught: one list that requests and coaches share."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id


class Level(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class SkillLevel(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    ANY = "any"


class LanguageLevel(StrEnum):
    BASIC = "basic"
    CONVERSATIONAL = "conversational"
    FLUENT = "fluent"
    NATIVE = "native"


class Skill(Base):
    __tablename__ = "skills"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    folded: Mapped[str] = mapped_column(String(40), unique=True)
    topic: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]


class RelatedSkill(Base):
    """Two skills of which one is half of the other in a match; stands in the table both ways."""

    __tablename__ = "related_skills"

    skill_id: Mapped[int] = mapped_column(
        ForeignKey(Skill.id, ondelete="CASCADE"), primary_key=True
    )
    related_id: Mapped[int] = mapped_column(
        ForeignKey(Skill.id, ondelete="CASCADE"), primary_key=True, index=True
    )


class SkillSynonym(Base):
    """Another name for a skill. No name is a skill and a synonym; where one is both, the skill."""

    __tablename__ = "skill_synonyms"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey(Skill.id), index=True)
    name: Mapped[str] = mapped_column(String(40))
    folded: Mapped[str] = mapped_column(String(40), unique=True)
