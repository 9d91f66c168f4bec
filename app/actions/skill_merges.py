"""Making one skill of two: everything that used the one uses the other, all at once."""

from sqlalchemy.orm import Session

from app.actions.search_entries import index_skills
from app.errors import Refused, WrongState
from app.events import record
from app.forms.skill_merges import MergeForm
from db.models.skills import Skill, SkillSynonym
from db.queries import skill_merges, skill_names
from db.queries.viewers import Viewer
from db.search_text import fold

AGAIN = "Somebody has just used or changed one of these skills. Look again, then merge them."


def merge_skills(db: Session, form: MergeForm, *, by: Viewer) -> tuple[str, Skill]:
    """Let the one skill go into the other, which keeps all names of both.

    Returns the name that has gone, and the skill that stays.
    """
    known = skill_names.of_folded(db, [fold(form.skill), fold(form.into)])
    old, new = (_named(known, field, fold(getattr(form, field))) for field in ("skill", "into"))
    if old.id == new.id:
        raise Refused("into", f"Both are names of “{new.name}”. Write another skill.")
    _hold(db, old, new)
    name, folded = old.name, old.folded
    new.topic = new.topic or old.topic
    db.flush()
    skill_merges.use_instead(db, old.id, new.id)
    skill_merges.forget(db, old, [folded, new.folded])
    db.add(SkillSynonym(skill_id=new.id, name=name, folded=folded))
    index_skills(db, [new.id])
    record(db, "skill.merged", by=by, subject=new, skill=name, into=new.name)
    return name, new


def _named(known: dict[str, Skill], field: str, folded: str) -> Skill:
    if folded not in known:
        raise Refused(field, "No skill is called that.")
    return known[folded]


def _hold(db: Session, old: Skill, new: Skill) -> None:
    """Both skills, and before them the requests and coaches that use them, as their writers do.

    Two who held what the other waits for would both wait for ever.
    """
    ids = [old.id, new.id]
    held = skill_merges.hold_requests(db, ids), skill_merges.hold_coaches(db, ids)
    still_there = skill_merges.hold(db, ids)
    now_using = skill_merges.hold_requests(db, ids), skill_merges.hold_coaches(db, ids)
    grown = any(after - before for before, after in zip(held, now_using, strict=True))
    if len(still_there) < len(ids) or grown:
        raise WrongState(AGAIN, to="/admin/skills")
