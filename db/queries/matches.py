"""Who might go with whom: the facts of a match, for one and for many, each by one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.profiles import (
    CoachProfile,
    CoachSkill,
    StudentProfile,
    StudentSkill,
)
from db.queries import match_parts
from db.queries.match_facts import (
    Asked,
    Ground,
    Offered,
    related_of,
    skills_of,
    speaks_of,
    taught_of,
)
from db.statements import KEY, ask

_REQUEST = (
    LearningRequest.id,
    match_parts.skills(RequestSkill, RequestSkill.request_id, LearningRequest.id),
    LearningRequest.level,
    LearningRequest.language,
    LearningRequest.language_level,
    LearningRequest.budget_to,
    LearningRequest.currency,
    LearningRequest.times,
    Account.time_zone,
    match_parts.languages(StudentLanguage, LearningRequest.student_id),
    LearningRequest.posting,
)
_COACH = (
    CoachProfile.account_id,
    match_parts.skills(
        CoachSkill, CoachSkill.account_id, CoachProfile.account_id, CoachSkill.level
    ),
    match_parts.languages(CoachLanguage, CoachProfile.account_id),
    CoachProfile.rate,
    CoachProfile.currency,
    Account.time_zone,
    CoachProfile.rating,
    CoachProfile.review_count,
    CoachProfile.listing,
)


def asked(*row: Any) -> Asked:
    """A row of `requests_where`."""
    key, skills, *plain, speaks, posting = row
    facts: list[Any] = [key, skills_of(skills), *plain, speaks_of(speaks), posting]
    return Asked(*facts)


def _offered(*row: Any) -> Offered:
    facts = dict(zip(Offered.__struct_fields__, row, strict=True))
    facts |= {"skills": taught_of(facts["skills"]), "speaks": speaks_of(facts["speaks"])}
    return Offered(**facts)


# For many.


def requests_where(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What the requests ask for that meet the condition, as rows for `asked`."""
    query = select(*_REQUEST).join(Account, Account.id == LearningRequest.student_id)
    return query.where(condition)


_REQUESTS = requests_where(LearningRequest.id.in_(bindparam("ids", expanding=True)))


def requests(db: Session, ids: Sequence[int]) -> list[Asked]:
    """What these requests ask for."""
    return [asked(*row) for row in ask(db, _REQUESTS, ids=ids).all()]


def coaches(db: Session, condition: ColumnElement[bool]) -> list[Offered]:
    """What the coaches offer that meet the condition."""
    query = select(*_COACH).join(Account, Account.id == CoachProfile.account_id)
    return [_offered(*row) for row in db.execute(query.where(condition))]


# For one, with what it is measured on.


_OFFERED = (
    select(
        *_COACH,
        match_parts.related(CoachSkill, CoachSkill.account_id, CoachProfile.account_id),
        match_parts.mean(),
    )
    .join(Account, Account.id == CoachProfile.account_id)
    .where(CoachProfile.account_id == KEY)
)


def offered_by(db: Session, coach_id: int) -> tuple[Offered, Ground] | None:
    """What this coach offers."""
    row = ask(db, _OFFERED, key=coach_id).one_or_none()
    if row is None:
        return None
    *facts, near, mean = row
    return _offered(*facts), Ground(related_of(near), mean)


def asked_by_each(
    db: Session, condition: ColumnElement[bool], *, most: int
) -> list[tuple[str, Asked, Ground]]:
    """What the newest requests ask for that meet the condition, each with its title."""
    related = match_parts.related(RequestSkill, RequestSkill.request_id, LearningRequest.id)
    query = (
        select(LearningRequest.title, *_REQUEST, related, match_parts.mean())
        .join(Account, Account.id == LearningRequest.student_id)
        .where(condition)
        # Not the bare column, as below.
        .order_by(func.coalesce(LearningRequest.posting, None).desc())
        .limit(most)
    )
    return [
        (title, asked(*facts), Ground(related_of(near), mean))
        for title, *facts, near, mean in db.execute(query)
    ]


def asked_by(db: Session, condition: ColumnElement[bool]) -> tuple[Asked, Ground] | None:
    """What the newest request asks for that meets the condition."""
    related = match_parts.related(RequestSkill, RequestSkill.request_id, LearningRequest.id)
    query = select(*_REQUEST, related, match_parts.mean()).join(
        Account, Account.id == LearningRequest.student_id
    )
    # Not the bare column: SQLite would walk along all open requests for this student's few.
    posting = func.coalesce(LearningRequest.posting, None)
    newest = query.where(condition).order_by(posting.desc()).limit(1)
    row = db.execute(newest).one_or_none()
    if row is None:
        return None
    *facts, near, mean = row
    return asked(*facts), Ground(related_of(near), mean)


def wished_by(db: Session, student_id: int) -> tuple[Asked, Ground] | None:
    """What this student said they would like to learn, before any request."""
    student = StudentProfile.account_id
    query = select(
        match_parts.skills(StudentSkill, StudentSkill.account_id, student),
        match_parts.languages(StudentLanguage, student),
        match_parts.related(StudentSkill, StudentSkill.account_id, student),
        match_parts.mean(),
    ).where(student == student_id)
    row = db.execute(query).one_or_none()
    if row is None or row[0] is None:
        return None
    skills, speaks, near, mean = row
    return Asked(0, skills_of(skills), speaks=speaks_of(speaks)), Ground(related_of(near), mean)
