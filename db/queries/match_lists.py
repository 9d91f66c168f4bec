"""What a search finds, parted for the order of the match: those with a common skill, and others."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.learning_requests import LearningRequest, RequestSkill, RequestStatus
from db.models.profiles import CoachProfile, CoachSkill
from db.models.proposals import Proposal, ProposalStatus
from db.queries import coach_cards as cards_of_coaches
from db.queries import learning_requests, matches, proposals
from db.queries.coach_cards import CoachCard
from db.queries.coach_searches import CoachFilter
from db.queries.learning_requests import RequestCard
from db.queries.match_facts import Asked, Offered
from db.queries.matches import LISTING, POSTING
from db.queries.request_searches import RequestFilter
from db.queries.viewers import Viewer


class Place(msgspec.Struct, frozen=True):
    """A row of a list by its number, and where it stands among the newest."""

    id: int
    place: int


def request_cards(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], ids: Sequence[int], *, at: datetime
) -> list[RequestCard]:
    """These requests, in this order."""
    if not ids:
        return []
    condition = and_(visible, LearningRequest.id.in_(ids))
    found = learning_requests.cards(db, viewer, condition, at=at, after="").items
    return sorted(found, key=lambda card: ids.index(card.id))


def coach_cards(db: Session, visible: ColumnElement[bool], ids: Sequence[int]) -> list[CoachCard]:
    """These coaches, in this order."""
    if not ids:
        return []
    condition = and_(visible, CoachProfile.account_id.in_(ids))
    found = cards_of_coaches.cards(db, condition).items
    return sorted(found, key=lambda card: ids.index(card.id))


def requests(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    skills: Sequence[int], newest: int, most: int,
) -> list[Asked]:  # fmt: skip
    """The newest that the search finds, share a skill, and have no proposal of this coach."""
    shared = and_(_asks_for(skills), ~proposals.sent_by(viewer.id), newest >= POSTING)
    return matches.requests(db, and_(_requests(visible, wanted), shared), most=most)


def other_requests(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    skills: Sequence[int], oldest: int, below: int, most: int,
) -> list[Place]:  # fmt: skip
    """All others that the search finds; of the candidates, none is older than `oldest`."""
    other = or_(oldest > POSTING, ~_asks_for(skills), proposals.sent_by(viewer.id))
    query = select(LearningRequest.id, POSTING).where(
        _requests(visible, wanted), other, below > POSTING
    )
    return [Place(*row) for row in db.execute(query.order_by(POSTING.desc()).limit(most))]


def coaches(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: CoachFilter, *,
    skills: Sequence[int], newest: int, most: int,
) -> list[Offered]:  # fmt: skip
    """The newest that the search finds and that teach one of these skills; nobody oneself."""
    shared = and_(_teaches(skills), CoachProfile.account_id != viewer.id, LISTING <= newest)
    return matches.coaches(db, and_(_coaches(visible, wanted), shared), most=most)


def other_coaches(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: CoachFilter, *,
    skills: Sequence[int], oldest: int, below: int, most: int,
) -> list[Place]:  # fmt: skip
    """All others that the search finds; of the candidates, none is older than `oldest`."""
    other = or_(LISTING < oldest, ~_teaches(skills), CoachProfile.account_id == viewer.id)
    query = select(CoachProfile.account_id, LISTING).join(
        Account, Account.id == CoachProfile.account_id
    )
    found = query.where(_coaches(visible, wanted), other, LISTING < below)
    return [Place(*row) for row in db.execute(found.order_by(LISTING.desc()).limit(most))]


def _requests(visible: ColumnElement[bool], wanted: RequestFilter) -> ColumnElement[bool]:
    return learning_requests.matching(visible, "", wanted.skills)


def _coaches(visible: ColumnElement[bool], wanted: CoachFilter) -> ColumnElement[bool]:
    return cards_of_coaches.matching(visible, "", wanted.topic)


def _asks_for(skills: Sequence[int]) -> ColumnElement[bool]:
    return exists().where(
        RequestSkill.request_id == LearningRequest.id, RequestSkill.skill_id.in_(skills)
    )


def _teaches(skills: Sequence[int]) -> ColumnElement[bool]:
    return exists().where(
        CoachSkill.account_id == CoachProfile.account_id, CoachSkill.skill_id.in_(skills)
    )


# Conditions.


def open_of(student_id: int, *, at: datetime) -> ColumnElement[bool]:
    """The requests of this student that coaches may answer."""
    return and_(
        LearningRequest.student_id == student_id,
        LearningRequest.status == RequestStatus.OPEN,
        LearningRequest.expires_at > at,
    )


def has_proposed_to(request_id: int) -> ColumnElement[bool]:
    """The coaches with a proposal to this request, drafts apart."""
    return exists().where(
        Proposal.request_id == request_id,
        Proposal.coach_id == CoachProfile.account_id,
        Proposal.status != ProposalStatus.DRAFT,
    )
