"""Proposals in full, as the request's student compares them and their coach reads them again."""

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.learning_requests import LearningRequest, ScreeningQuestion
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import LIVE, DeclineReason, Proposal, ProposalAnswer, ProposalStatus
from db.models.threads import Thread
from db.queries.paging import Found, page
from db.queries.proposals import standing


class ProposalCard(msgspec.Struct, frozen=True):
    """One proposal with its coach and their answers."""

    id: int
    request_id: int
    student_id: int
    coach_id: int
    request_title: str
    first_name: str
    last_name: str
    handle: str
    headline: str
    picture: str | None
    status: ProposalStatus
    message: str
    sessions: int
    minutes: int
    price: int
    currency: str
    earliest: date | None
    links: list[str]
    submitted_at: datetime | None
    first_viewed_at: datetime | None
    ended_at: datetime | None
    decline_reason: DeclineReason | None
    thread_id: int | None  # once the student has accepted it
    answers: list[tuple[str, str]] = []  # the question, and what the coach wrote

    @property
    def coach_name(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"

    @property
    def total(self) -> int:
        """What the student would pay."""
        return self.price * self.sessions

    @property
    def is_pending(self) -> bool:
        """Sent and not answered."""
        return self.status in LIVE

    def is_unseen_by(self, account_id: int) -> bool:
        """Whether this is the request's student, who has not looked at it before."""
        return self.first_viewed_at is None and self.student_id == account_id


# What was chosen first, then what waits, then what has ended.
_RANK = case(
    (Proposal.status == ProposalStatus.ACCEPTED, 3),
    (Proposal.status == ProposalStatus.SHORTLISTED, 2),
    (Proposal.status == ProposalStatus.SUBMITTED, 1),
    else_=0,
)
_CHOSEN = and_(
    Proposal.status == ProposalStatus.ACCEPTED,
    Thread.coach_id == Proposal.coach_id,
    Thread.student_id == LearningRequest.student_id,
)
# Nobody else may see the picture of a coach who is not, or no longer, approved.
_SHOWN = and_(
    Picture.id == CoachProfile.picture_id,
    CoachProfile.status == CoachStatus.APPROVED,
    Account.status == AccountStatus.ACTIVE,
)


def _cards(at: datetime) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        Proposal.id,
        Proposal.request_id,
        LearningRequest.student_id,
        Proposal.coach_id,
        LearningRequest.title,
        Account.first_name,
        Account.last_name,
        CoachProfile.handle,
        CoachProfile.headline,
        Picture.token,
        standing(at),
        Proposal.message,
        Proposal.sessions,
        Proposal.minutes,
        Proposal.price,
        Proposal.currency,
        Proposal.earliest,
        Proposal.links,
        Proposal.submitted_at,
        Proposal.first_viewed_at,
        Proposal.ended_at,
        Proposal.decline_reason,
        Thread.id,
    ]
    return (
        select(*columns)
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .join(Account, Account.id == Proposal.coach_id)
        .join(CoachProfile, CoachProfile.account_id == Proposal.coach_id)
        .join(Picture, _SHOWN, isouter=True)
        .join(Thread, _CHOSEN, isouter=True)
    )


def on_request(
    db: Session, visible: ColumnElement[bool], request_id: int, *, at: datetime, after: str
) -> Found[ProposalCard]:
    """The proposals to a request: the chosen and the shortlisted first, those that ended last."""
    query = _cards(at).where(Proposal.request_id == request_id, visible)
    key = (_RANK, Proposal.id.expression)
    found = page(db, query, key=key, make=ProposalCard, after=after)
    _add_answers(db, found.items)
    return found


def one(db: Session, proposal_id: int, *, at: datetime) -> ProposalCard:
    """A single proposal, which the viewer has been allowed to see."""
    [row] = db.execute(_cards(at).where(Proposal.id == proposal_id))
    card = ProposalCard(*tuple(row))
    _add_answers(db, [card])
    return card


def _add_answers(db: Session, cards: list[ProposalCard]) -> None:
    by_id = {card.id: card for card in cards}
    query = (
        select(ProposalAnswer.proposal_id, ScreeningQuestion.text, ProposalAnswer.text)
        .join(ScreeningQuestion, ScreeningQuestion.id == ProposalAnswer.question_id)
        .where(ProposalAnswer.proposal_id.in_(by_id))
        .order_by(ScreeningQuestion.position)
    )
    for proposal_id, question, answer in db.execute(query):
        by_id[proposal_id].answers.append((question, answer))
