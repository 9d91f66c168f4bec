"""Proposals as their coach and the request's student see them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.proposals import LIVE, DeclineReason, Proposal, ProposalStatus, waits_at
from db.models.threads import Thread
from db.queries.learning_requests import standing as request_standing
from db.queries.learning_requests import standing_for_coaches, still_waits
from db.queries.paging import Found, page
from db.statements import AT, ask

_WAS_SENT = Proposal.status != ProposalStatus.DRAFT
MOST_TIMES = 2  # one who took a proposal back may propose once more


class ProposalLine(msgspec.Struct, frozen=True):
    """A proposal as its own coach sees it in short."""

    id: int
    request_id: int
    coach_id: int
    student_id: int
    title: str
    request_status: RequestStatus
    status: ProposalStatus
    sessions: int
    minutes: int
    price: int
    currency: str
    submitted_at: datetime | None
    first_viewed_at: datetime | None
    ended_at: datetime | None
    decline_reason: DeclineReason | None
    thread_id: int | None  # once the student has accepted it
    times: int  # how often this coach has proposed to this request
    updated_at: datetime
    expires_at: datetime | None
    version: int
    contract_id: int | None  # likewise

    @property
    def total(self) -> int:
        """What the student would pay."""
        return self.price * self.sessions

    @property
    def is_pending(self) -> bool:
        """Sent and not answered."""
        return self.status in LIVE

    def waits_at(self, at: datetime) -> bool:
        """Whether it can be answered, even if the sweeper is late to expire it."""
        return waits_at(self.status, self.expires_at, at)

    @property
    def may_propose_again(self) -> bool:
        """Taken back, and that for the first time."""
        return self.status is ProposalStatus.WITHDRAWN and self.times < MOST_TIMES


def standing(at: Any) -> ColumnElement[ProposalStatus]:
    """How a proposal, joined to its request, stands at this instant: who waits for an answer to
    one that has run out waits no longer, even if the sweeper is late to say so."""
    has_run_out = or_(request_standing(at) == RequestStatus.EXPIRED, Proposal.expires_at <= at)
    is_over = and_(Proposal.status.in_(LIVE), has_run_out)
    expired = literal(ProposalStatus.EXPIRED, Proposal.status.type)
    return case((is_over, expired), else_=Proposal.status)


_IS_OPEN = and_(
    Proposal.status == ProposalStatus.ACCEPTED,
    Thread.coach_id == Proposal.coach_id,
    Thread.student_id == LearningRequest.student_id,
)


def _lines(coach_id: Any, at: Any) -> Select[*tuple[Any, ...]]:
    twin = Proposal.__table__.alias()
    times = (
        select(func.count())
        .where(
            twin.c.request_id == Proposal.request_id,
            twin.c.coach_id == Proposal.coach_id,
            twin.c.status != ProposalStatus.DRAFT,
        )
        .scalar_subquery()
    )
    columns: list[Any] = [
        Proposal.id, Proposal.request_id, Proposal.coach_id, LearningRequest.student_id,
        LearningRequest.title, standing_for_coaches(at), standing(at), Proposal.sessions,
        Proposal.minutes, Proposal.price, Proposal.currency, Proposal.submitted_at,
        Proposal.first_viewed_at, Proposal.ended_at, Proposal.decline_reason, Thread.id, times,
        Proposal.updated_at, Proposal.expires_at, Proposal.version, Contract.id,
    ]  # fmt: skip
    return (
        select(*columns)
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .join(Thread, _IS_OPEN, isouter=True)
        .join(Contract, Contract.proposal_id == Proposal.id, isouter=True)
        .where(Proposal.coach_id == coach_id)
    )


def of_coach(db: Session, coach_id: int, request_id: int, *, at: datetime) -> ProposalLine | None:
    """The newest proposal this coach has sent to this request, if there is one."""
    newest = _lines(coach_id, at).where(Proposal.request_id == request_id, _WAS_SENT)
    row = db.execute(newest.order_by(Proposal.id.desc()).limit(1)).one_or_none()
    return _line(row)


def line(db: Session, coach_id: int, proposal_id: int, *, at: datetime) -> ProposalLine | None:
    """One proposal of this coach; None when it is somebody else's."""
    return _line(db.execute(_lines(coach_id, at).where(Proposal.id == proposal_id)).one_or_none())


def between(db: Session, student_id: int, coach_id: int, *, at: datetime) -> ProposalLine | None:
    """The newest proposal of this coach that waits for this student, if there is one."""
    return _line(ask(db, _between(), student=student_id, coach=coach_id, at=at).one_or_none())


@cache
def _between() -> Executable:
    waiting = _lines(bindparam("coach", type_=BigInteger), AT).where(
        LearningRequest.student_id == bindparam("student", type_=BigInteger),
        standing(AT).in_(LIVE),
    )
    return waiting.order_by(Proposal.id.desc()).limit(1)


def _line(row: Sequence[Any] | None) -> ProposalLine | None:
    return ProposalLine(*row) if row else None


def sent(
    db: Session, coach_id: int, among: ColumnElement[bool], *, at: datetime, after: str
) -> Found[ProposalLine]:
    """What a coach has written and what meets the condition, the newest first."""
    query = _lines(coach_id, at).where(among)
    key: tuple[ColumnElement[Any], ...] = (Proposal.id.expression,)
    return page(db, query, key=key, make=ProposalLine, after=after)


def answered_by(coach_id: int) -> Select[int]:
    """The requests this coach has answered, however that ended.

    A list reads them once; asked about each of its requests, it would cost as much as the rest.
    """
    mine = (Proposal.coach_id == coach_id, Proposal.status != ProposalStatus.DRAFT)
    return select(Proposal.request_id).where(*mine)


def live_count(db: Session, request_id: int, *, at: datetime) -> int:
    """How many coaches are waiting for an answer to this request."""
    waiting = (Proposal.request_id == request_id, still_waits(at))
    return db.scalars(select(func.count()).select_from(Proposal).where(*waiting)).one()


def waiting_on(db: Session, request_id: int) -> Sequence[Proposal]:
    """The unanswered proposals to a request, held until the transaction ends."""
    query = select(Proposal).where(Proposal.request_id == request_id, Proposal.status.in_(LIVE))
    return db.scalars(query.order_by(Proposal.id).with_for_update()).all()
