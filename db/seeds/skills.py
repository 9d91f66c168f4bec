"""The shared list of skills; skills that are there already keep their numbers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.skills import Skill
from db.search_text import fold
from db.seeds import content
from db.seeds.rows import Rows


def list_skills(db: Session, rows: Rows, *, at: datetime) -> dict[str, int]:
    """The number of every skill by its name, after adding those that are missing."""
    known = dict(db.execute(select(Skill.folded, Skill.id)).all())
    found: dict[str, int] = {}
    for topic, names in content.skill_list().items():
        for name in names:
            folded = fold(name)
            found[name] = known.get(folded) or rows.add(
                Skill, name=name, folded=folded, topic=topic, created_at=at
            )
    return found
