"""One learning request, whole: as its page shows it and as its form holds it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.models.accounts import Account
from db.models.learning_requests import (
    Format,
    LearningRequest,
    RequestStatus,
    ScreeningQuestion,
    status_at,
)
from db.models.profiles import StudentLanguage
from db.models.proposals import Proposal, ProposalStatus
from db.models.skills import LanguageLevel, Level
from db.queries.learning_requests import lines, live_proposals, marked_by, skill_names
from db.queries.viewers import Viewer


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
    created_at: datetime
    posted_at: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    country: str | None
    member_since: datetime
    skills: list[str]
    proposals: int
    hires: int
    is_marked: bool
    questions: list[tuple[int, str]]
    speaks: list[tuple[str, LanguageLevel]]


def find(db: Session, viewer: Viewer, wanted: LearningRequest, *, at: datetime) -> RequestPage:
    """The page of this request, for this viewer, as it stands at this moment."""
    query = (
        select(
            Account.country,
            Account.created_at,
            skill_names(),
            live_proposals(),
            _hires(),
            marked_by(viewer),
        )
        .select_from(LearningRequest)
        .join(Account, Account.id == LearningRequest.student_id)
        .where(LearningRequest.id == wanted.id)
    )
    country, member_since, skills, proposals, hires, is_marked = db.execute(query).one()
    own = ("country", "member_since", "skills", "proposals", "hires", "is_marked", "status")
    columns = {
        name: getattr(wanted, name)
        for name in RequestPage.__struct_fields__
        if name not in (*own, "questions", "speaks")
    }
    return RequestPage(
        **columns,
        status=status_at(wanted.status, wanted.expires_at, at),
        country=country,
        member_since=member_since,
        skills=lines(skills),
        proposals=proposals,
        hires=hires,
        is_marked=bool(is_marked),
        questions=questions(db, wanted.id),
        speaks=_languages(db, wanted.student_id),
    )


def questions(db: Session, request_id: int) -> list[tuple[int, str]]:
    """The screening questions in their order: id and text."""
    query = (
        select(ScreeningQuestion.id, ScreeningQuestion.text)
        .where(ScreeningQuestion.request_id == request_id)
        .order_by(ScreeningQuestion.position)
    )
    return [(number, text) for number, text in db.execute(query)]


def _languages(db: Session, student_id: int) -> list[tuple[str, LanguageLevel]]:
    query = (
        select(StudentLanguage.language, StudentLanguage.level)
        .where(StudentLanguage.account_id == student_id)
        .order_by(StudentLanguage.id)
    )
    return [(language, level) for language, level in db.execute(query)]


def _hires() -> Any:
    theirs = aliased(LearningRequest)
    query = (
        select(func.count())
        .select_from(Proposal)
        .join(theirs, theirs.id == Proposal.request_id)
        .where(
            theirs.student_id == LearningRequest.student_id,
            Proposal.status == ProposalStatus.ACCEPTED,
        )
    )
    return query.scalar_subquery()
