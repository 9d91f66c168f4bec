"""Skills as staff tidy them up: who uses which, and how the uses of one become another's."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.portfolio_items import PortfolioSkill
from db.models.profiles import CoachProfile, CoachSkill, StudentSkill
from db.models.skills import RelatedSkill, Skill, SkillSynonym
from db.queries.learning_requests import lines
from db.queries.paging import Found, page
from db.search_text import fold

# What uses a skill, and by what its rows are told apart beside the skill.
USES: tuple[tuple[type[Any], str], ...] = (
    (RequestSkill, "request_id"),
    (CoachSkill, "account_id"),
    (PortfolioSkill, "item_id"),
    (StudentSkill, "account_id"),
)
OWN = Skill.topic == ""  # named by a member, and not on the list


class SkillLine(msgspec.Struct, frozen=True):
    """A skill, and how many use it; `topic` is "" for what a member named."""

    id: int
    name: str
    topic: str
    others: tuple[str, ...]
    requests: int
    coaches: int
    portfolio_items: int
    students: int


def listed(db: Session, typed: str, *, after: str) -> Found[SkillLine]:
    """The skills with these words in one of their names; members' own first, the newest first."""
    uses = [_number(model) for model, _ in USES]
    columns: tuple[Any, ...] = (Skill.id, Skill.name, Skill.topic, _others(), *uses)
    query = select(*columns).where(_is_called(typed))
    own_first = case((OWN, 1), else_=0)
    return page(db, query, key=(own_first, Skill.id), make=_line, after=after)


def own_count(db: Session) -> int:
    """How many skills members have named themselves."""
    return db.scalars(select(func.count()).select_from(Skill).where(OWN)).one()


def _is_called(typed: str) -> ColumnElement[bool]:
    part = fold(typed)
    other = select(SkillSynonym.skill_id).where(SkillSynonym.folded.contains(part, autoescape=True))
    return or_(Skill.folded.contains(part, autoescape=True), Skill.id.in_(other))


def _number(model: type[Any]) -> ScalarSelect[int]:
    used = select(func.count()).select_from(model).where(model.skill_id == Skill.id)
    return used.correlate(Skill).scalar_subquery()


def _others() -> ScalarSelect[Any]:
    names = select(func.aggregate_strings(SkillSynonym.name, "\n"))
    return names.where(SkillSynonym.skill_id == Skill.id).correlate(Skill).scalar_subquery()


def _line(*row: Any) -> SkillLine:
    key, name, topic, others, *uses = row
    return SkillLine(key, name, topic, lines(others), *uses)


# For the merge itself.


def hold_requests(db: Session, skills: Sequence[int]) -> set[int]:
    """The requests that use one of these skills; nobody else writes them before this is over."""
    uses = select(RequestSkill.request_id).where(RequestSkill.skill_id.in_(skills))
    query = select(LearningRequest.id).where(LearningRequest.id.in_(uses))
    return set(db.scalars(query.order_by(LearningRequest.id).with_for_update(key_share=True)))


def hold_coaches(db: Session, skills: Sequence[int]) -> set[int]:
    """The coaches who teach one of these skills, held in the same way."""
    uses = select(CoachSkill.account_id).where(CoachSkill.skill_id.in_(skills))
    query = select(CoachProfile.account_id).where(CoachProfile.account_id.in_(uses))
    return set(db.scalars(query.order_by(CoachProfile.account_id).with_for_update(key_share=True)))


def hold(db: Session, skills: Sequence[int]) -> list[Skill]:
    """These skills, as far as they are still there; nobody begins to use them meanwhile."""
    query = select(Skill).where(Skill.id.in_(skills)).order_by(Skill.id)
    held = query.with_for_update().execution_options(populate_existing=True)
    return list(db.scalars(held))


def use_instead(db: Session, old: int, new: int) -> None:
    """Whatever uses the one skill uses the other: once, at the better of two places."""
    for model, owner in USES:
        _once(db, model, owner, old, new)
        _run(db, update(model).where(model.skill_id == old).values(skill_id=new))
    _run(db, update(SkillSynonym).where(SkillSynonym.skill_id == old).values(skill_id=new))
    _relate_instead(db, old, new)


def _once(db: Session, model: type[Any], owner: str, old: int, new: int) -> None:
    other = another(model)
    here = and_(getattr(other, owner) == getattr(model, owner), other.skill_id == old)
    place = select(other.position).where(here).correlate(model).scalar_subquery()
    better = and_(model.skill_id == new, model.position > place)
    _run(db, update(model).where(better).values(position=place))
    twin = another(model)
    both = and_(getattr(twin, owner) == getattr(model, owner), twin.skill_id == new)
    is_twice = select(twin.skill_id).where(both).correlate(model).exists()
    _run(db, delete(model).where(model.skill_id == old, is_twice))


def _relate_instead(db: Session, old: int, new: int) -> None:
    """What was close to the one is close to the other, which is not close to itself."""
    here, there = RelatedSkill.skill_id, RelatedSkill.related_id
    for one, other in ((here, there), (there, here)):
        twin = another(RelatedSkill)
        same = and_(getattr(twin, one.key) == new, getattr(twin, other.key) == other)
        is_there = select(twin.skill_id).where(same).correlate(RelatedSkill).exists()
        moved = update(RelatedSkill).where(one == old, other != new, ~is_there)
        _run(db, moved.values({one: new}))
    _run(db, delete(RelatedSkill).where(or_(here == old, there == old)))


def forget(db: Session, skill: Skill, other_names: Sequence[str]) -> None:
    """Remove a skill that nothing uses any more, and these folded names from all synonyms."""
    _run(db, delete(SkillSynonym).where(SkillSynonym.folded.in_(other_names)))
    _run(db, delete(Skill).where(Skill.id == skill.id))
    db.expunge(skill)


def _run(db: Session, statement: Any) -> None:
    db.execute(statement, execution_options={"synchronize_session": False})
