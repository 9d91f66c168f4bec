"""Proposals in full, as the request's student compares them and their coach reads them again."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import LIVE, DeclineReason, Proposal, ProposalStatus, waits_at
from db.models.threads import Thread
from db.queries import proposal_answers, proposal_versions
from db.queries.learning_requests import standing as request_standing
from db.queries.learning_requests import still_waits
from db.queries.paging import Found, page
from db.queries.proposal_sorts import ProposalSort, order
from db.queries.proposal_versions import Earlier
from db.queries.proposals import standing


class ProposalCard(msgspec.Struct, frozen=True):
    """One proposal with its coach and their answers."""

    id: int
    request_id: int
    student_id: int
    coach_id: int
    request_title: str
    request_status: RequestStatus
    first_name: str
    last_name: str
    handle: str
    headline: str
    picture: str | None
    rating: int | None  # in hundredths, once there are enough reviews
    review_count: int
    status: ProposalStatus
    message: str
    sessions: int
    minutes: int
    price: int
    currency: str
    earliest: date | None
    links: list[str]
    version: int
    seen_version: int
    updated_at: datetime
    submitted_at: datetime | None
    first_viewed_at: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    decline_reason: DeclineReason | None
    thread_id: int | None  # of the student with this coach, if they talk
    coach_is_here: bool  # approved, and not suspended
    contract_id: int | None  # once it is accepted
    cancellation_hours: int
    answers: list[tuple[str, str]] = []  # the question, and what the coach wrote
    earlier: Earlier | None = None  # what it said when the student last looked, or before that

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

    def waits_at(self, at: datetime) -> bool:
        """Whether it can be answered, even if the sweeper is late to expire it."""
        return waits_at(self.status, self.expires_at, at)

    @property
    def is_new(self) -> bool:
        """Waiting, and never looked at."""
        return self.is_pending and self.first_viewed_at is None

    @property
    def is_changed(self) -> bool:
        """Waiting, and another one than the student has seen."""
        return self.is_pending and 0 < self.seen_version < self.version

    def is_unseen_by(self, account_id: int) -> bool:
        """Whether it waits for this student, who has not looked at these words before."""
        is_unseen = self.first_viewed_at is None or self.seen_version < self.version
        return self.is_pending and is_unseen and self.student_id == account_id

    def is_hidden_from(self, account_id: int) -> bool:
        """Whether it was taken back before anybody but its coach had read it."""
        is_unread = self.status is ProposalStatus.WITHDRAWN and self.first_viewed_at is None
        return is_unread and self.coach_id != account_id

    def answer_to(self, question: str) -> str:
        """What the coach wrote to a question; "" where it was not asked yet."""
        return dict(self.answers).get(question, "")


_THEIRS = and_(
    Thread.coach_id == Proposal.coach_id, Thread.student_id == LearningRequest.student_id
)
_HERE = and_(CoachProfile.status == CoachStatus.APPROVED, Account.status == AccountStatus.ACTIVE)
# Nobody else may see the picture of a coach who is not, or no longer, approved.
_SHOWN = and_(Picture.id == CoachProfile.picture_id, _HERE)


def _cards(at: datetime) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        Proposal.id, Proposal.request_id, LearningRequest.student_id, Proposal.coach_id,
        LearningRequest.title, request_standing(at), Account.first_name, Account.last_name,
        CoachProfile.handle, CoachProfile.headline, Picture.token, CoachProfile.rating,
        CoachProfile.review_count, standing(at), Proposal.message, Proposal.sessions,
        Proposal.minutes, Proposal.price, Proposal.currency, Proposal.earliest, Proposal.links,
        Proposal.version, Proposal.seen_version, Proposal.updated_at, Proposal.submitted_at,
        Proposal.first_viewed_at, Proposal.expires_at, Proposal.ended_at, Proposal.decline_reason,
        Thread.id, _HERE, Contract.id, Proposal.cancellation_hours,
    ]  # fmt: skip
    return (
        select(*columns)
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .join(Account, Account.id == Proposal.coach_id)
        .join(CoachProfile, CoachProfile.account_id == Proposal.coach_id)
        .join(Picture, _SHOWN, isouter=True)
        .join(Thread, _THEIRS, isouter=True)
        .join(Contract, Contract.proposal_id == Proposal.id, isouter=True)
    )


def on_request(
    db: Session,
    visible: ColumnElement[bool],
    request_id: int,
    *,
    sort: ProposalSort,
    points: Mapping[int, int],
    at: datetime,
    after: str,
    only_waiting: bool = False,
) -> Found[ProposalCard]:
    """The proposals to a request: the chosen and the shortlisted first, those that ended last.

    `points` is how well each coach fits, where that is what they are sorted by.
    """
    query = _cards(at).where(Proposal.request_id == request_id, visible)
    if only_waiting:
        query = query.where(still_waits(at))
    key, rising = order(sort, points, at)
    found = page(db, query, key=key, make=ProposalCard, after=after, rising=rising)
    return Found(_whole(db, found.items), found.next)


def one(db: Session, proposal_id: int, *, at: datetime) -> ProposalCard:
    """A single proposal, which the viewer has been allowed to see."""
    [row] = db.execute(_cards(at).where(Proposal.id == proposal_id))
    [card] = _whole(db, [ProposalCard(*tuple(row))])
    return card


def some(
    db: Session, request_id: int, proposal_ids: Collection[int], *, at: datetime
) -> list[ProposalCard]:
    """Those of these proposals that were sent to this request, the newest last."""
    wanted = (Proposal.request_id == request_id, Proposal.id.in_(proposal_ids))
    query = _cards(at).where(*wanted, Proposal.status != ProposalStatus.DRAFT)
    return _whole(
        db, [ProposalCard(*tuple(row)) for row in db.execute(query.order_by(Proposal.id))]
    )


def _whole(db: Session, cards: list[ProposalCard]) -> list[ProposalCard]:
    """The same cards with their answers, and with what they said before."""
    changed = [(card.id, _looked_at(card)) for card in cards if card.version > 1]
    earlier = proposal_versions.some(db, changed)
    answers = proposal_answers.of(db, [card.id for card in cards])
    replace = msgspec.structs.replace
    return [
        replace(card, answers=answers.get(card.id, []), earlier=earlier.get(card.id))
        for card in cards
    ]


def _looked_at(card: ProposalCard) -> int:
    return card.seen_version if 0 < card.seen_version < card.version else card.version - 1
