"""Parts of the queries about matches: the rows of a table of its own, joined into one text."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    ScalarSelect,
    String,
    cast,
    column,
    func,
    select,
    table,
)
from sqlalchemy.orm import InstrumentedAttribute

from db.aliases import another
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.skills import RelatedSkill, Skill

Column = InstrumentedAttribute[Any]

_SPOKEN: dict[Any, Any] = {one: another(one) for one in (CoachLanguage, StudentLanguage)}
_sums = table("rating_sums", column("weighed", BigInteger), column("reviews", BigInteger))


def _joined(*columns: Any, place: Any, where: Sequence[Any], outer: Any) -> ScalarSelect[Any]:
    line: Any = cast(columns[0], String)
    for one in columns[1:]:
        line = line + " " + cast(one, String)
    # Ordered before it is joined into one text: old SQLites cannot order inside the aggregate.
    lines = select(line.label("line")).where(*where).order_by(place).correlate(outer).subquery()
    return select(func.aggregate_strings(lines.c.line, "\n")).scalar_subquery()


def skills(model: Any, owner: Column, outer: Column, *levels: Any) -> ScalarSelect[Any]:
    """Lines of `id level name`, as match_facts reads them."""
    where = (model.skill_id == Skill.id, owner == outer)
    place, named = model.position, (Skill.id, *levels, Skill.name)
    return _joined(*named, place=place, where=where, outer=outer.class_)


def languages(model: Any, outer: Column) -> ScalarSelect[Any]:
    """Lines of `language level`."""
    spoken = _SPOKEN[model]
    where = (spoken.account_id == outer, spoken.removed_at.is_(None))
    return _joined(spoken.language, spoken.level, place=spoken.id, where=where, outer=outer.class_)


def related(model: Any, owner: Column, outer: Column) -> ScalarSelect[Any]:
    """Lines of two skills that are close."""
    own = select(model.skill_id).where(owner == outer).correlate(outer.class_)
    near = RelatedSkill
    return _joined(
        near.skill_id, near.related_id, place=near.skill_id, where=(near.skill_id.in_(own),),
        outer=outer.class_,
    )  # fmt: skip


def mean() -> ScalarSelect[Any]:
    """The mean of all ratings of the site, in hundredths of a star, half a hundredth rounded up.

    Of approved coaches, weighed by how many gave them: of these a million are no slower to sum
    than ten, for the database keeps the sums itself (migration 0010).
    """
    # In whole numbers: of fractions, PostgreSQL rounds and SQLite cuts off.
    weighed, reviews = (cast(func.sum(one), BigInteger) for one in _sums.c)
    number = (2 * weighed + reviews) // func.nullif(2 * reviews, 0, type_=BigInteger)
    return select(cast(number, Integer)).select_from(_sums).scalar_subquery()
