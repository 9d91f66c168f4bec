"""What is new at home; its numbers are in dashboard_figures.py."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal, ProposalStatus
from db.queries import invitations
from db.statements import AT, KEPT, VIEWER, ask
from db.types import Instant

SHOWN = 5


class News(msgspec.Struct, frozen=True):
    """Something that happened and leads on: an `accepted` proposal, an `invitation`.

    `who` is the first name of a student who invites; `until` is when their request closes.
    """

    kind: str
    id: int  # of the contract, of the request
    title: str
    who: str
    at: datetime
    until: datetime | None


def news(
    db: Session, coach_id: int, visible: ColumnElement[bool], *, at: datetime, since: datetime
) -> list[News]:
    """A coach's open invitations, and which proposals were accepted `since`, the latest first."""
    rows = ask(db, _news(visible), viewer=coach_id, at=at, since=since)
    return sorted((News(*row) for row in rows), key=lambda one: one.at, reverse=True)


@lru_cache(KEPT)
def _news(visible: ColumnElement[bool]) -> Executable:
    return union_all(*(select(one.subquery()) for one in (_accepted(), _invited(visible))))


def _accepted() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("accepted").label("kind"),
            Contract.id.label("id"),
            LearningRequest.title.label("title"),
            literal("").label("who"),
            Proposal.ended_at.label("at"),
            cast(null(), Instant).label("until"),
        )
        .join(Contract, Contract.proposal_id == Proposal.id)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .where(
            Proposal.coach_id == VIEWER,
            Proposal.status == ProposalStatus.ACCEPTED,
            Proposal.ended_at > bindparam("since", type_=Instant),
        )
        .order_by(Proposal.id.desc())
        .limit(SHOWN)
    )


def _invited(visible: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("invitation").label("kind"),
            LearningRequest.id.label("id"),
            LearningRequest.title.label("title"),
            cast(Account.first_name, String).label("who"),
            Invitation.created_at.label("at"),
            LearningRequest.expires_at.label("until"),
        )
        .join(LearningRequest, LearningRequest.id == Invitation.request_id)
        .join(Account, Account.id == LearningRequest.student_id)
        .where(
            Invitation.coach_id == VIEWER,
            visible,
            invitations.standing(AT) == InvitationStatus.OPEN,
        )
        .order_by(Invitation.id.desc())
        .limit(SHOWN)
    )
