"""Skills people name: one row a skill, however it is written and whatever else it is called."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.clock import now
from db.models.skills import Skill
from db.queries import skill_names
from db.search_text import fold


def find_or_create_skills(db: Session, names: Sequence[str]) -> list[Skill]:
    """The skills that go by these names, in their order; what nobody has named before is added."""
    folded = [fold(name) for name in names]
    known = _known(db, folded)
    # Once more: what was there a moment ago may have become another name of another skill.
    known |= _known(db, [key for key in folded if key not in known])
    for name, key in zip(names, folded, strict=True):
        if key not in known:
            known[key] = _create(db, name, key)
    return list(dict.fromkeys(known[key] for key in folded))


def _known(db: Session, folded: Sequence[str]) -> dict[str, Skill]:
    return skill_names.of_folded(db, folded, hold=True) if folded else {}


def _create(db: Session, name: str, folded: str) -> Skill:
    skill = Skill(name=name, folded=folded, created_at=now())
    try:
        with db.begin_nested():
            db.add(skill)
    except IntegrityError:
        # Somebody has named it at the same moment.
        skill = _known(db, [folded])[folded]
    return skill
