"""Proposals as their coach and the request's student see them."""

from datetime import datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest
from db.models.proposals import LIVE, DeclineReason, Proposal, ProposalStatus

MOST_TIMES = 2  # one who took a proposal back may propose once more


class ProposalLine(msgspec.Struct, frozen=True):
    """A proposal as its own coach sees it in short."""

    id: int
    request_id: int
    coach_id: int
    title: str
    status: ProposalStatus
    sessions: int
    minutes: int
    price: int
    currency: str
    submitted_at: datetime | None
    first_viewed_at: datetime | None
    ended_at: datetime | None
    decline_reason: DeclineReason | None
    times: int  # how often this coach has proposed to this request

    @property
    def total(self) -> int:
        """What the student would pay."""
        return self.price * self.sessions

    @property
    def is_pending(self) -> bool:
        """Sent and not answered."""
        return self.status in LIVE

    @property
    def may_propose_again(self) -> bool:
        """Taken back, and that for the first time."""
        return self.status is ProposalStatus.WITHDRAWN and self.times < MOST_TIMES


def of_coach(db: Session, coach_id: int, request_id: int) -> ProposalLine | None:
    """This coach's newest proposal to this request, if there is one."""
    mine = (Proposal.coach_id == coach_id, Proposal.request_id == request_id)
    times = select(func.count()).select_from(Proposal).where(*mine).scalar_subquery()
    query = (
        select(
            Proposal.id,
            Proposal.request_id,
            Proposal.coach_id,
            LearningRequest.title,
            Proposal.status,
            Proposal.sessions,
            Proposal.minutes,
            Proposal.price,
            Proposal.currency,
            Proposal.submitted_at,
            Proposal.first_viewed_at,
            Proposal.ended_at,
            Proposal.decline_reason,
            times,
        )
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .where(*mine)
        .order_by(Proposal.id.desc())
        .limit(1)
    )
    row = db.execute(query).one_or_none()
    return ProposalLine(*row) if row else None


def live_count(db: Session, request_id: int) -> int:
    """How many coaches are waiting for an answer to this request."""
    query = (
        select(func.count())
        .select_from(Proposal)
        .where(Proposal.request_id == request_id, Proposal.status.in_(LIVE))
    )
    return db.scalars(query).one()
