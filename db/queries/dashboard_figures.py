"""The numbers of a home, each counted under the conditions of the list it leads to."""

from collections import Counter
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.contracts import RUNNING_CONTRACTS, Contract
from db.queries import (
    badges,
    bookmarks,
    invitations,
    learning_sessions,
    proposal_states,
    ratings,
    student_profiles,
)
from db.queries.proposal_states import ANSWERED, ProposalState
from db.queries.request_deadlines import ending
from db.queries.viewers import Viewer


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
    since: datetime,
) -> list[Select[Any]]:
    """A coach's proposals by state, what waits, their bookmarks, and which of them end soon."""
    marks = bookmarks.standing(viewer, markable)
    return [
        *proposal_states.tallies(viewer.id, at),
        named("threads", badges.unread_threads(viewer.id, Side.COACH, 0)),
        named("notices", badges.unread_notices(viewer.id, 0)),
        named("invitations", invitations.open_to(viewer.id, invited, at)),
        ratings.tallies(viewer.id, at, since=since),
        *_of_sessions(viewer, Side.COACH, at),
        named("bookmarks", marks),
        named("ending", marks.where(ending(at))),
    ]


def of_student(viewer: Viewer, *, at: datetime) -> list[Select[Any]]:
    """What waits for a student, and how many languages they have named."""
    return [
        named("threads", badges.unread_threads(viewer.id, Side.STUDENT, 0)),
        named("notices", badges.unread_notices(viewer.id, 0)),
        *_of_sessions(viewer, Side.STUDENT, at),
        named("languages", student_profiles.number_of_languages(viewer.id)),
    ]


def _of_sessions(viewer: Viewer, side: Side, at: datetime) -> list[Select[Any]]:
    """A side's sessions that wait, and contracts that run."""
    me = Contract.student_id if side is Side.STUDENT else Contract.coach_id
    running = (me == viewer.id, Contract.status.in_(RUNNING_CONTRACTS))
    waiting = learning_sessions.tallies(viewer.id, side, at)
    return [
        *(named(name, count) for name, count in waiting.items()),
        named("contracts", select(func.count()).select_from(Contract).where(*running)),
    ]


def pipeline(total: Counter[str]) -> Pipeline:
    """The states among the figures of a coach."""
    return Pipeline(proposal_states.by_state(total))
