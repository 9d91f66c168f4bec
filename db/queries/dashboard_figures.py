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
from db.queries.plans import looked_at
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
) -> dict[str, list[Select[Any]]]:
    """What is counted for each tile of a coach's home, and for the top bar."""
    me, marks = viewer.id, bookmarks.standing(viewer, markable)
    soon = marks.where(looked_at(ending(at)))
    return {
        "waiting": [
            *_waiting(me, Side.COACH, at),
            named("invitations", invitations.open_to(me, invited, at)),
        ],
        "proposals": proposal_states.tallies(me, at),
        "rating": [ratings.tallies(me, at, since=since)],
        "bookmarks": [
            named("bookmarks", marks),
            named("ending", soon),
        ],
        "top": [named("notices", badges.unread_notices(me, 0))],
    }


def of_student(viewer: Viewer, *, at: datetime) -> dict[str, list[Select[Any]]]:
    """The same of a student's, and how many languages they have named."""
    me = viewer.id
    running = (Contract.student_id == me, Contract.status.in_(RUNNING_CONTRACTS))
    return {
        "waiting": _waiting(me, Side.STUDENT, at),
        "contracts": [
            named("contracts", select(func.count()).select_from(Contract).where(*running))
        ],
        "languages": [named("languages", student_profiles.number_of_languages(me))],
        "top": [named("notices", badges.unread_notices(me, 0))],
    }


def _waiting(me: int, side: Side, at: datetime) -> list[Select[Any]]:
    """Threads with something new, and sessions that wait for one."""
    waiting = learning_sessions.tallies(me, side, at)
    return [
        named("threads", badges.unread_threads(me, side, 0)),
        *(named(name, count) for name, count in waiting.items()),
    ]


def pipeline(total: Counter[str]) -> Pipeline:
    """The states among the figures of a coach."""
    return Pipeline(proposal_states.by_state(total))
