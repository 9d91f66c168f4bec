"""One learning request, whole: as its page shows it and as its form holds it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, String, cast, exists, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.languages import StudentLanguage
from db.models.learning_requests import (
    Format,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal, ProposalAnswer, ProposalStatus
from db.models.skills import LanguageLevel, Level, Skill
from db.queries.learning_requests import (
    lines,
    live_proposals,
    marked_by,
    on_hold,
    skill_names,
    status_for_coaches,
)
from db.queries.match_facts import speaks_of
from db.queries.ratings import average_of_student
from db.queries.request_deadlines import ends_soon
from db.queries.student_answer_rates import Answered, answered_by
from db.queries.viewers import Viewer


class Question(msgspec.Struct, frozen=True):
    """What the student wants every coach to answer."""

    id: int
    text: str


class RequestPage(msgspec.Struct, frozen=True):
    """A whole request as its page shows it; of its student only what matrix B gives everybody."""

    id: int
    student_id: int
    title: str
    description: str
    level: Level | None
    format: Format | None
    language: str | None
    language_level: LanguageLevel | None
    budget_from: int | None
    budget_to: int | None
    currency: str
    sessions: int | None
    times: list[str]
    status: RequestStatus
    version: int
    updated_at: datetime
    posted_at: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    country: str | None
    member_since: datetime
    skills: tuple[str, ...]
    proposals: int
    hires: int
    is_marked: bool
    is_on_hold: bool
    my_rate: int | None  # the viewer's usual price, where it is in the same currency
    questions: list[Question]
    speaks: list[tuple[str, LanguageLevel]]
    ends_soon: bool
    contract_id: int | None  # for its student
    student_rating: int | None  # in hundredths of a star, from three reviews on
    answers: Answered | None  # of its student to the proposals they get


_COPIED = set(RequestPage.__struct_fields__) & set(LearningRequest.__table__.columns.keys()) - {
    "status"
}

_theirs = another(LearningRequest)


def find(db: Session, viewer: Viewer, wanted: LearningRequest, *, at: datetime) -> RequestPage:
    """The page of this request, for this viewer, as it stands at this moment."""
    query = (
        select(
            Account.country, Account.created_at, skill_names(), live_proposals(at), _hires(),
            marked_by(viewer), on_hold(), _rate_of(viewer),
            average_of_student(LearningRequest.student_id, at), Contract.id, _spoken(),
        )
        .select_from(LearningRequest)
        .join(Account, Account.id == LearningRequest.student_id)
        .outerjoin(Contract, Contract.request_id == LearningRequest.id)
        .where(LearningRequest.id == wanted.id)
    )  # fmt: skip
    row = db.execute(query).one()
    country, member_since, skills, proposals, hires, is_marked, is_on_hold, my_rate, *rest = row
    return RequestPage(
        **{name: getattr(wanted, name) for name in _COPIED},
        status=status_for_coaches(wanted.status, wanted.expires_at, at, on_hold=is_on_hold),
        country=country,
        contract_id=rest[1],
        member_since=member_since,
        skills=lines(skills),
        proposals=proposals,
        hires=hires,
        is_marked=bool(is_marked),
        is_on_hold=bool(is_on_hold),
        my_rate=my_rate,
        student_rating=rest[0],
        questions=questions(db, wanted.id),
        speaks=list(speaks_of(rest[2]).items()),
        ends_soon=ends_soon(wanted.status, wanted.expires_at, at),
        answers=answered_by(db, wanted.student_id, at=at),
    )


def questions(db: Session, request_id: int) -> list[Question]:
    """The screening questions that are asked, in their order."""
    query = (
        select(ScreeningQuestion.id, ScreeningQuestion.text)
        .where(*_asked(request_id))
        .order_by(ScreeningQuestion.position, ScreeningQuestion.id)
    )
    return [Question(*row) for row in db.execute(query)]


def skills_of(db: Session, request_id: int) -> list[RequestSkill]:
    """The places its skills have on a request, in their order."""
    query = select(RequestSkill).where(RequestSkill.request_id == request_id)
    return list(db.scalars(query.order_by(RequestSkill.position)))


def skill_names_of(db: Session, request_id: int) -> list[str]:
    """The names of its skills in their order."""
    query = select(Skill.name).join(RequestSkill).where(RequestSkill.request_id == request_id)
    return list(db.scalars(query.order_by(RequestSkill.position)))


def questions_of(db: Session, request_id: int) -> list[ScreeningQuestion]:
    """The same, to be changed."""
    query = select(ScreeningQuestion).where(*_asked(request_id))
    return list(db.scalars(query.order_by(ScreeningQuestion.position, ScreeningQuestion.id)))


def _asked(request_id: int) -> tuple[ColumnElement[bool], ...]:
    return ScreeningQuestion.request_id == request_id, ScreeningQuestion.retired_at.is_(None)


def answered_questions(db: Session, request_id: int) -> set[int]:
    """Those of its questions that a coach has answered: they stay as they were asked."""
    query = (
        select(ProposalAnswer.question_id)
        .join(ScreeningQuestion, ScreeningQuestion.id == ProposalAnswer.question_id)
        .where(ScreeningQuestion.request_id == request_id)
    )
    return set(db.scalars(query))


def _spoken() -> Any:
    spoken = StudentLanguage
    line = (spoken.language + " " + cast(spoken.level, String)).label("line")
    own = (spoken.account_id == LearningRequest.student_id, spoken.removed_at.is_(None))
    rows = select(line).where(*own).order_by(spoken.position, spoken.id)
    joined = rows.correlate(LearningRequest).subquery()
    return select(func.aggregate_strings(joined.c.line, "\n")).scalar_subquery()


def _rate_of(viewer: Viewer) -> Any:
    query = select(CoachProfile.rate).where(
        CoachProfile.account_id == viewer.id, CoachProfile.currency == LearningRequest.currency
    )
    return query.scalar_subquery()


def _hires() -> Any:
    # Not a join: SQLite would walk along everybody's accepted proposals.
    theirs = _theirs
    accepted = exists().where(
        Proposal.request_id == theirs.id, Proposal.status == ProposalStatus.ACCEPTED
    )
    query = select(func.count(theirs.id)).where(
        theirs.student_id == LearningRequest.student_id, accepted
    )
    return query.scalar_subquery()
