"""The proposals to a request as its student's answers load them: as things, and held."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from db.models.accounts import Account, AccountStatus
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.models.proposals import LIVE, Proposal, ProposalStatus
from db.queries.proposals import standing


class Overview(msgspec.Struct, frozen=True):
    """How many proposals wait for an answer, and how many are of coaches with a rating."""

    waiting: int
    rated: int


def unseen(db: Session, request_id: int, proposal_ids: Collection[int]) -> Sequence[Proposal]:
    """Those of these proposals that wait and whose newest words the student has not seen, held."""
    # The request first, as everywhere: accepting holds one proposal before it asks for the others.
    db.execute(select(LearningRequest.id).where(LearningRequest.id == request_id).with_for_update())
    is_new = or_(Proposal.first_viewed_at.is_(None), Proposal.seen_version < Proposal.version)
    query = select(Proposal).where(
        Proposal.request_id == request_id,
        Proposal.id.in_(proposal_ids),
        Proposal.status.in_(LIVE),
        is_new,
    )
    return db.scalars(query.order_by(Proposal.id).with_for_update()).all()


def chosen(db: Session, request_id: int, proposal_ids: Collection[int]) -> Sequence[Proposal]:
    """Those of these proposals that were sent to this request, with their coaches, held."""
    query = (
        select(Proposal)
        .options(joinedload(Proposal.coach))
        .where(
            Proposal.request_id == request_id,
            Proposal.id.in_(proposal_ids),
            Proposal.status != ProposalStatus.DRAFT,
        )
        .order_by(Proposal.id)
    )
    return db.scalars(query.with_for_update(of=Proposal)).all()


def overview(db: Session, request_id: int, *, at: datetime) -> Overview:
    """What can be done with the proposals to a request as a whole."""
    waits = func.count(case((standing(at).in_(LIVE), Proposal.id)))
    query = select(waits, func.count(CoachProfile.rating)).select_from(Proposal)
    query = query.join(LearningRequest, LearningRequest.id == Proposal.request_id)
    query = query.join(CoachProfile, CoachProfile.account_id == Proposal.coach_id)
    return Overview(*db.execute(query.where(Proposal.request_id == request_id)).one())


def has_another(db: Session, proposal: Proposal) -> bool:
    """Whether its coach has written another proposal to this request that can still lead on."""
    others = (ProposalStatus.DRAFT, *LIVE, ProposalStatus.ACCEPTED)
    query = select(Proposal.id).where(
        Proposal.request_id == proposal.request_id,
        Proposal.coach_id == proposal.coach_id,
        Proposal.id != proposal.id,
        Proposal.status.in_(others),
    )
    return db.scalars(query.limit(1)).first() is not None


def coaches(db: Session, proposals: Sequence[Proposal]) -> dict[int, Account]:
    """Who wrote these proposals, by their number, as far as mail may go to them."""
    query = select(Account).where(
        Account.id.in_({one.coach_id for one in proposals}), Account.status == AccountStatus.ACTIVE
    )
    return {coach.id: coach for coach in db.scalars(query)}
