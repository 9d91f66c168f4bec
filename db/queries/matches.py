"""Who might go with whom: the facts of a match, for one and for many, each by one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    cast,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from db.models.accounts import Account
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.profiles import (
    CoachProfile,
    CoachSkill,
    CoachStatus,
    StudentProfile,
    StudentSkill,
)
from db.models.skills import RelatedSkill, Skill
from db.queries.match_facts import (
    Asked,
    Ground,
    Offered,
    related_of,
    skills_of,
    speaks_of,
    taught_of,
)

Column = InstrumentedAttribute[Any]

_SPOKEN: dict[Any, Any] = {one: aliased(one) for one in (CoachLanguage, StudentLanguage)}
_rated: Any = aliased(CoachProfile)

# Parts of a query: the rows of a table of its own, joined into one text.


def _joined(*columns: Any, place: Any, where: Sequence[Any], outer: Any) -> ScalarSelect[Any]:
    line: Any = cast(columns[0], String)
    for column in columns[1:]:
        line = line + " " + cast(column, String)
    # Ordered before it is joined into one text: old SQLites cannot order inside the aggregate.
    lines = select(line.label("line")).where(*where).order_by(place).correlate(outer).subquery()
    return select(func.aggregate_strings(lines.c.line, "\n")).scalar_subquery()


def _skills(model: Any, owner: Column, outer: Column, *levels: Any) -> ScalarSelect[Any]:
    where = (model.skill_id == Skill.id, owner == outer)
    place, named = model.position, (Skill.id, *levels, Skill.name)
    return _joined(*named, place=place, where=where, outer=outer.class_)


def _languages(model: Any, outer: Column) -> ScalarSelect[Any]:
    spoken = _SPOKEN[model]
    where = (spoken.account_id == outer, spoken.removed_at.is_(None))
    return _joined(spoken.language, spoken.level, place=spoken.id, where=where, outer=outer.class_)


def _related(model: Any, owner: Column, outer: Column) -> ScalarSelect[Any]:
    own = select(model.skill_id).where(owner == outer).correlate(outer.class_)
    near = RelatedSkill
    return _joined(
        near.skill_id, near.related_id, place=near.skill_id, where=(near.skill_id.in_(own),),
        outer=outer.class_,
    )  # fmt: skip


def _mean() -> ScalarSelect[Any]:
    """The mean of all ratings of the site, in hundredths of a star."""
    coach = _rated
    weighed = func.sum(coach.rating * coach.review_count) / func.sum(coach.review_count)
    rated = (coach.status == CoachStatus.APPROVED, coach.rating.is_not(None))
    return select(cast(weighed, Integer)).where(*rated).scalar_subquery()


_REQUEST = (
    LearningRequest.id,
    _skills(RequestSkill, RequestSkill.request_id, LearningRequest.id),
    LearningRequest.level,
    LearningRequest.language,
    LearningRequest.language_level,
    LearningRequest.budget_to,
    LearningRequest.currency,
    LearningRequest.times,
    Account.time_zone,
    _languages(StudentLanguage, LearningRequest.student_id),
    LearningRequest.posting,
)
_COACH = (
    CoachProfile.account_id,
    _skills(CoachSkill, CoachSkill.account_id, CoachProfile.account_id, CoachSkill.level),
    _languages(CoachLanguage, CoachProfile.account_id),
    CoachProfile.rate,
    CoachProfile.currency,
    Account.time_zone,
    CoachProfile.rating,
    CoachProfile.review_count,
    CoachProfile.listing,
)


def _asked(*row: Any) -> Asked:
    facts = dict(zip(Asked.__struct_fields__, row, strict=True))
    facts |= {"skills": skills_of(facts["skills"]), "speaks": speaks_of(facts["speaks"])}
    return Asked(**facts)


def _offered(*row: Any) -> Offered:
    facts = dict(zip(Offered.__struct_fields__, row, strict=True))
    facts |= {"skills": taught_of(facts["skills"]), "speaks": speaks_of(facts["speaks"])}
    return Offered(**facts)


# For many.


def requests(db: Session, condition: ColumnElement[bool]) -> list[Asked]:
    """What the requests ask for that meet the condition."""
    query = select(*_REQUEST).join(Account, Account.id == LearningRequest.student_id)
    return [_asked(*row) for row in db.execute(query.where(condition))]


def coaches(db: Session, condition: ColumnElement[bool]) -> list[Offered]:
    """What the coaches offer that meet the condition."""
    query = select(*_COACH).join(Account, Account.id == CoachProfile.account_id)
    return [_offered(*row) for row in db.execute(query.where(condition))]


# For one, with what it is measured on.


def offered_by(db: Session, coach_id: int) -> tuple[Offered, Ground] | None:
    """What this coach offers."""
    related = _related(CoachSkill, CoachSkill.account_id, CoachProfile.account_id)
    query = select(*_COACH, related, _mean()).join(Account, Account.id == CoachProfile.account_id)
    row = db.execute(query.where(CoachProfile.account_id == coach_id)).one_or_none()
    if row is None:
        return None
    *facts, near, mean = row
    return _offered(*facts), Ground(related_of(near), mean)


def asked_by_each(
    db: Session, condition: ColumnElement[bool], *, most: int
) -> list[tuple[str, Asked, Ground]]:
    """What the newest requests ask for that meet the condition, each with its title."""
    related = _related(RequestSkill, RequestSkill.request_id, LearningRequest.id)
    query = (
        select(LearningRequest.title, *_REQUEST, related, _mean())
        .join(Account, Account.id == LearningRequest.student_id)
        .where(condition)
        # Not the bare column, as below.
        .order_by(func.coalesce(LearningRequest.posting, None).desc())
        .limit(most)
    )
    return [
        (title, _asked(*facts), Ground(related_of(near), mean))
        for title, *facts, near, mean in db.execute(query)
    ]


def asked_by(db: Session, condition: ColumnElement[bool]) -> tuple[Asked, Ground] | None:
    """What the newest request asks for that meets the condition."""
    related = _related(RequestSkill, RequestSkill.request_id, LearningRequest.id)
    query = select(*_REQUEST, related, _mean()).join(
        Account, Account.id == LearningRequest.student_id
    )
    # Not the bare column: SQLite would walk along all open requests for this student's few.
    posting = func.coalesce(LearningRequest.posting, None)
    newest = query.where(condition).order_by(posting.desc()).limit(1)
    row = db.execute(newest).one_or_none()
    if row is None:
        return None
    *facts, near, mean = row
    return _asked(*facts), Ground(related_of(near), mean)


def wished_by(db: Session, student_id: int) -> tuple[Asked, Ground] | None:
    """What this student said they would like to learn, before any request."""
    student = StudentProfile.account_id
    query = select(
        _skills(StudentSkill, StudentSkill.account_id, student),
        _languages(StudentLanguage, student),
        _related(StudentSkill, StudentSkill.account_id, student),
        _mean(),
    ).where(student == student_id)
    row = db.execute(query).one_or_none()
    if row is None or row[0] is None:
        return None
    skills, speaks, near, mean = row
    return Asked(0, skills_of(skills), speaks=speaks_of(speaks)), Ground(related_of(near), mean)
