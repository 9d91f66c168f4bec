"""What waits for a person at home: counted under the conditions of the lists it leads to."""

from collections import Counter
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal, ProposalStatus
from db.queries import badges, bookmarks, invitations, proposal_states, student_profiles
from db.queries.proposal_states import ANSWERED, ProposalState
from db.queries.request_deadlines import ending
from db.queries.viewers import Viewer
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


class Pipeline(msgspec.Struct, frozen=True):
    """A coach's proposals by state; a state without any is left out."""

    counts: dict[ProposalState, int]

    @property
    def sent(self) -> int:
        """All but the drafts."""
        return sum(self.counts.values()) - self.counts.get(ProposalState.DRAFT, 0)

    @property
    def answered(self) -> int:
        """Those a student has decided on."""
        return sum(self.counts.get(state, 0) for state in ANSWERED)

    @property
    def accepted(self) -> int:
        return self.counts.get(ProposalState.ACCEPTED, 0)

    @property
    def rate(self) -> int | None:
        """How many of a hundred that were answered were accepted."""
        return round(100 * self.accepted / self.answered) if self.answered else None


def figures(db: Session, parts: list[Select[Any]]) -> Counter[str]:
    """Many counts by one statement: each part is rows of a name and a number."""
    return proposal_states.summed(db.execute(union_all(*parts)))


def named(name: str, count: Select[Any] | ScalarSelect[int]) -> Select[Any]:
    """A count as a part of the figures."""
    number = count.scalar_subquery() if isinstance(count, Select) else count
    return select(literal(name), number)


def of_coach(
    viewer: Viewer,
    *,
    markable: ColumnElement[bool],
    invited: ColumnElement[bool],
    at: datetime,
) -> list[Select[Any]]:
    """A coach's proposals by state, what waits, their bookmarks, and which of them end soon."""
    marks = bookmarks.standing(viewer, markable)
    return [
        *proposal_states.tallies(viewer.id, at),
        named("threads", badges.unread_threads(viewer.id, Side.COACH, 0)),
        named("invitations", invitations.open_to(viewer.id, invited, at)),
        named("bookmarks", marks),
        named("ending", marks.where(ending(at))),
    ]


def of_student(viewer: Viewer) -> list[Select[Any]]:
    """What waits for a student, and how many languages they have named."""
    return [
        named("threads", badges.unread_threads(viewer.id, Side.STUDENT, 0)),
        named("languages", student_profiles.number_of_languages(viewer.id)),
    ]


def pipeline(total: Counter[str]) -> Pipeline:
    """The states among the figures of a coach."""
    return Pipeline(proposal_states.by_state(total))


def news(
    db: Session, coach_id: int, visible: ColumnElement[bool], *, at: datetime, since: datetime
) -> list[News]:
    """A coach's open invitations, and which proposals were accepted `since`, the latest first."""
    both = [_accepted(coach_id, since), _invited(coach_id, visible, at)]
    rows = db.execute(union_all(*(select(one.subquery()) for one in both)))
    return sorted((News(*row) for row in rows), key=lambda one: one.at, reverse=True)


def _accepted(coach_id: int, since: datetime) -> Select[*tuple[Any, ...]]:
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
            Proposal.coach_id == coach_id,
            Proposal.status == ProposalStatus.ACCEPTED,
            Proposal.ended_at > since,
        )
        .order_by(Proposal.id.desc())
        .limit(SHOWN)
    )


def _invited(coach_id: int, visible: ColumnElement[bool], at: datetime) -> Select[*tuple[Any, ...]]:
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
            Invitation.coach_id == coach_id,
            visible,
            invitations.standing(at) == InvitationStatus.OPEN,
        )
        .order_by(Invitation.id.desc())
        .limit(SHOWN)
    )
