"""Proposals that are not sent yet, and what their coaches may write into them."""

from datetime import date, datetime

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.learning_requests import ScreeningQuestion
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal, ProposalAnswer, ProposalStatus


class Draft(msgspec.Struct, frozen=True):
    """What a coach has written so far; `typed` is as it was typed, right or wrong."""

    id: int
    typed: dict[str, list[str]] | None
    message: str
    sessions: int
    minutes: int
    price: int
    currency: str
    cancellation_hours: int
    earliest: date | None
    links: list[str]
    updated_at: datetime


def find(db: Session, coach_id: int, request_id: int) -> Draft | None:
    """This coach's draft for this request, if there is one."""
    columns = [getattr(Proposal, name) for name in Draft.__struct_fields__]
    row = db.execute(select(*columns).where(*_draft(coach_id, request_id))).one_or_none()
    return Draft(*row) if row else None


def of_before(db: Session, coach_id: int, proposal_id: int) -> Draft | None:
    """What this coach has sent, to begin with when they propose once more."""
    columns = [getattr(Proposal, name) for name in Draft.__struct_fields__]
    own = (Proposal.id == proposal_id, Proposal.coach_id == coach_id)
    row = db.execute(select(*columns).where(*own)).one_or_none()
    return Draft(*row) if row else None


def held(db: Session, coach_id: int, request_id: int) -> Proposal | None:
    """The same draft, to be written on."""
    query = select(Proposal).where(*_draft(coach_id, request_id)).with_for_update()
    return db.scalars(query).one_or_none()


def _draft(coach_id: int, request_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Proposal.coach_id == coach_id,
        Proposal.request_id == request_id,
        Proposal.status == ProposalStatus.DRAFT,
    )


def reader(db: Session, student_id: int) -> Account | None:
    """The student a proposal is sent to, as far as mail may go to them."""
    query = select(Account).where(Account.id == student_id, Account.status == AccountStatus.ACTIVE)
    return db.scalars(query).one_or_none()


def currency_of(db: Session, coach_id: int) -> str | None:
    """The currency of a coach's usual price."""
    query = select(CoachProfile.currency).where(CoachProfile.account_id == coach_id)
    return db.scalars(query).one_or_none()


def questions_of(db: Session, request_id: int) -> dict[int, bool]:
    """The numbers of the questions of a request, and whether each is still asked."""
    query = select(ScreeningQuestion.id, ScreeningQuestion.retired_at).where(
        ScreeningQuestion.request_id == request_id
    )
    return {number: retired_at is None for number, retired_at in db.execute(query)}


def answers_of(db: Session, proposal_id: int) -> dict[int, ProposalAnswer]:
    """What a coach has answered, by the number of the question, to be changed."""
    query = select(ProposalAnswer).where(ProposalAnswer.proposal_id == proposal_id)
    return {answer.question_id: answer for answer in db.scalars(query)}
