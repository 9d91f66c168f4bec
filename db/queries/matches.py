"""Who might go with whom: the facts of a match, for one and for many, each by one statement."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest, RequestSkill, RequestStatus
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
from db.statements import AT, KEY, VIEWER, ask

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


def offered(*row: Any) -> Offered:
    """A row of `coaches_where`."""
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
    return [offered(*row) for row in db.execute(coaches_where(condition))]


def coaches_where(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The same as rows for `offered`."""
    query = select(*_COACH).join(Account, Account.id == CoachProfile.account_id)
    return query.where(condition)


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
    return offered(*facts), Ground(related_of(near), mean)


def open_of(student_id: Any, *, at: Any) -> ColumnElement[bool]:
    """The requests of this student that coaches may answer."""
    return and_(
        LearningRequest.student_id == student_id,
        LearningRequest.status == RequestStatus.OPEN,
        # Not the bare column: SQLite would walk along everybody's open ones by it.
        func.coalesce(LearningRequest.expires_at, None) > at,
    )


def asked_by_each(
    db: Session, student_id: int, *, at: datetime, most: int
) -> list[tuple[str, Asked, Ground]]:
    """What this student's newest open requests ask for, each with its title."""
    return [
        (title, asked(*facts), Ground(related_of(near), mean))
        for title, *facts, near, mean in ask(db, _asked_by_each(most), viewer=student_id, at=at)
    ]


@cache
def _asked_by_each(most: int) -> Executable:
    related = match_parts.related(RequestSkill, RequestSkill.request_id, LearningRequest.id)
    return (
        select(LearningRequest.title, *_REQUEST, related, match_parts.mean())
        .join(Account, Account.id == LearningRequest.student_id)
        .where(open_of(VIEWER, at=AT))
        # Not the bare column, as below.
        .order_by(func.coalesce(LearningRequest.posting, None).desc())
        .limit(most)
    )


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


_WISHED = select(
    match_parts.skills(StudentSkill, StudentSkill.account_id, StudentProfile.account_id),
    match_parts.languages(StudentLanguage, StudentProfile.account_id),
    match_parts.related(StudentSkill, StudentSkill.account_id, StudentProfile.account_id),
    match_parts.mean(),
).where(StudentProfile.account_id == KEY)


def wished_by(db: Session, student_id: int) -> tuple[Asked, Ground] | None:
    """What this student said they would like to learn, before any request."""
    row = ask(db, _WISHED, key=student_id).one_or_none()
    if row is None or row[0] is None:
        return None
    skills, speaks, near, mean = row
    return Asked(0, skills_of(skills), speaks=speaks_of(speaks)), Ground(related_of(near), mean)
