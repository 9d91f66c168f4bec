"""To which requests a coach can be invited: asked for the form, and held for the deed."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, AccountStatus
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from db.queries.learning_requests import standing as request_standing
from db.statements import AT, KEY, VIEWER, ask

_sent = another(Proposal)


class Invitable(msgspec.Struct, frozen=True):
    """An open request of a student, and what one coach has to do with it already."""

    id: int
    title: str
    invited: InvitationStatus | None
    proposal_id: int | None

    @property
    def choice(self) -> tuple[str, str]:
        """Value and words, for a field that offers it."""
        return str(self.id), self.title

    @property
    def is_free(self) -> bool:
        """Whether this coach can be invited to it."""
        return self.invited is None and self.proposal_id is None


def invitable(db: Session, student_id: int, coach_id: int, *, at: datetime) -> list[Invitable]:
    """A student's open requests, the newest first, as they stand to this coach."""
    rows = ask(db, _invitable(), viewer=student_id, key=coach_id, at=at)
    return [Invitable(*row) for row in rows]


@cache
def _invitable() -> Select[*tuple[Any, ...]]:
    sent = _sent
    proposal = (
        select(func.max(sent.id))
        .where(
            sent.request_id == LearningRequest.id,
            sent.coach_id == KEY,
            sent.status != ProposalStatus.DRAFT,
        )
        .scalar_subquery()
    )
    mine = and_(Invitation.request_id == LearningRequest.id, Invitation.coach_id == KEY)
    return (
        select(LearningRequest.id, LearningRequest.title, Invitation.status, proposal)
        .outerjoin(Invitation, mine)
        .where(
            LearningRequest.student_id == VIEWER,
            request_standing(AT) == RequestStatus.OPEN,
        )
        .order_by(LearningRequest.posted_at.desc(), LearningRequest.id.desc())
    )


def has_open_request(db: Session, student_id: int, *, at: datetime) -> bool:
    """Whether a student has a request to invite coaches to."""
    query = select(LearningRequest.id).where(
        LearningRequest.student_id == student_id, request_standing(at) == RequestStatus.OPEN
    )
    return db.scalars(query.limit(1)).first() is not None


# What the actions count and hold.


def own_request(db: Session, student_id: int, request_id: int) -> LearningRequest | None:
    """The student's own request, held until the transaction ends; None for everybody else's."""
    query = select(LearningRequest).where(
        LearningRequest.id == request_id, LearningRequest.student_id == student_id
    )
    held = query.with_for_update().execution_options(populate_existing=True)
    return db.scalars(held).one_or_none()


def invitation_of(db: Session, request_id: int, coach_id: int) -> Invitation | None:
    """This coach's invitation to this request, held, however it stands."""
    query = select(Invitation).where(
        Invitation.request_id == request_id, Invitation.coach_id == coach_id
    )
    held = query.with_for_update().execution_options(populate_existing=True)
    return db.scalars(held).one_or_none()


def count_waiting(db: Session, request_id: int) -> int:
    """How many coaches have not answered yet."""
    query = select(func.count()).select_from(Invitation)
    mine = (Invitation.request_id == request_id, Invitation.status == InvitationStatus.OPEN)
    return db.scalars(query.where(*mine)).one()


def proposal_of(db: Session, request_id: int, coach_id: int) -> int | None:
    """The number of this coach's newest proposal to this request, if one was sent."""
    query = select(func.max(Proposal.id)).where(
        Proposal.request_id == request_id,
        Proposal.coach_id == coach_id,
        Proposal.status != ProposalStatus.DRAFT,
    )
    return db.scalars(query).one()


def student_of(db: Session, invitation: Invitation) -> Account | None:
    """Who sent this invitation, as far as mail may go to them."""
    query = select(Account).join(LearningRequest, LearningRequest.student_id == Account.id)
    sent = (LearningRequest.id == invitation.request_id, Account.status == AccountStatus.ACTIVE)
    return db.scalars(query.where(*sent)).one_or_none()
