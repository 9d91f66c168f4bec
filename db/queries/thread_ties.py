"""What connects two people who have no contract: a proposal that waits, an open invitation."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache

import msgspec
from sqlalchemy import Executable, Select, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.proposals import LIVE, Proposal
from db.queries import invitations, proposals
from db.statements import AT, VIEWER, ask


class TieKind(StrEnum):
    INVITATION = "invitation"
    PROPOSAL = "proposal"


RANK = (TieKind.INVITATION, TieKind.PROPOSAL)  # the last one counts


class Tie(msgspec.Struct, frozen=True):
    """The newest of what stands between two people, by the title of its request."""

    kind: TieKind
    title: str


def ties(
    db: Session, account_id: int, side: Side, others: Sequence[int], *, at: datetime
) -> dict[int, Tie]:
    """What ties a person on one side to these people on the other; a proposal comes first."""
    if not others:
        return {}
    found = ask(db, _ties(side), viewer=account_id, others=list(others), at=at)
    rows = sorted(found, key=lambda row: (RANK.index(TieKind(row.kind)), row.id))
    return {row.other: Tie(TieKind(row.kind), row.title) for row in rows}


@cache
def _ties(side: Side) -> Executable:
    return union_all(
        _between(TieKind.INVITATION, Invitation, side).where(
            invitations.standing(AT) == InvitationStatus.OPEN
        ),
        _between(TieKind.PROPOSAL, Proposal, side).where(proposals.standing(AT).in_(LIVE)),
    )


def _between(
    kind: TieKind, model: type[Proposal] | type[Invitation], side: Side
) -> Select[str, int, int, str]:
    mine, other = model.coach_id, LearningRequest.student_id
    if side is Side.STUDENT:
        mine, other = other, mine
    return (
        select(
            literal(kind.value).label("kind"),
            model.id.label("id"),
            other.label("other"),
            LearningRequest.title.label("title"),
        )
        .select_from(model)
        .join(LearningRequest, LearningRequest.id == model.request_id)
        .where(mine == VIEWER, other.in_(bindparam("others", expanding=True)))
    )
