"""How a coach's proposals stand: the states their list is parted by, and how many are in each."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, func, select, type_coerce
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest
from db.models.proposals import LIVE, Proposal, ProposalStatus
from db.queries.proposals import standing


class ProposalState(StrEnum):
    """The statuses, and of those that were sent, which the student has looked at."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    VIEWED = "viewed"
    SHORTLISTED = "shortlisted"
    ACCEPTED = "accepted"
    NOT_SELECTED = "not_selected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ANSWERED = (ProposalState.ACCEPTED, ProposalState.NOT_SELECTED, ProposalState.DECLINED)


def in_state(state: ProposalState | None, at: datetime) -> ColumnElement[bool]:
    """The proposals, joined to their requests, that are in this state; None is all that were sent.

    Those that ended are found by what is stored: of ten thousand, nearly all are such.
    """
    if state is None:
        return Proposal.status != ProposalStatus.DRAFT
    if state in (ProposalState.SUBMITTED, ProposalState.VIEWED):
        is_viewed = Proposal.first_viewed_at.is_not(None)
        seen = is_viewed if state is ProposalState.VIEWED else ~is_viewed
        return and_(_stands_at(ProposalStatus.SUBMITTED, at), seen)
    status = ProposalStatus(state.value)
    if status is ProposalStatus.EXPIRED:
        return and_(Proposal.status.in_((status, *LIVE)), standing(at) == status)
    return _stands_at(status, at) if status in LIVE else Proposal.status == status


def _stands_at(status: ProposalStatus, at: datetime) -> ColumnElement[bool]:
    return and_(Proposal.status == status, standing(at) == status)


def tallies(coach_id: Any, at: Any) -> list[Select[Any]]:
    """A coach's proposals by state, as rows of a name and a number; of one name there may be two.

    Only those that wait are looked at one by one; there are never many of them.
    """
    mine = Proposal.coach_id == coach_id
    ended = (
        select(type_coerce(Proposal.status, String).label("name"), func.count().label("number"))
        .where(mine, Proposal.status.not_in(LIVE))
        .group_by(Proposal.status)
    )
    is_viewed = and_(
        standing(at) == ProposalStatus.SUBMITTED, Proposal.first_viewed_at.is_not(None)
    )
    state = case((is_viewed, ProposalState.VIEWED.value), else_=type_coerce(standing(at), String))
    each = (
        select(state.label("name"))
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .where(mine, Proposal.status.in_(LIVE))
        .subquery()
    )
    live = select(each.c.name, func.count().label("number")).group_by(each.c.name)
    return [ended, live]


def counts(db: Session, coach_id: int, *, at: datetime) -> dict[ProposalState, int]:
    """How many of a coach's proposals are in each state, in the order of the states."""
    ended, live = tallies(coach_id, at)
    return by_state(summed(db.execute(ended.union_all(live))))


def summed(rows: Any) -> Counter[str]:
    """Rows of a name and a number, where a name may come more than once."""
    total: Counter[str] = Counter()
    for name, number in rows:
        total[name] += number
    return total


def by_state(total: Counter[str]) -> dict[ProposalState, int]:
    """Those of the numbers that are about states, without those that are 0."""
    return {state: total[state.value] for state in ProposalState if total[state.value]}
