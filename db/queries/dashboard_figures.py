"""The numbers of a home, each counted under the conditions of the list it leads to."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Executable,
    ScalarSelect,
    Select,
    bindparam,
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
from db.queries.request_deadlines import WARNED_BEFORE, ending
from db.queries.standings import Standing
from db.statements import AT, KEPT, VIEWER, ask
from db.types import Instant

ALL = "all"  # the tiles of a home, and the top bar
Counted = Mapping[str, Executable]  # by the name of the tile, or ALL


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


def figures(
    db: Session, counted: Executable, viewer_id: int, *, at: datetime, since: datetime
) -> Counter[str]:
    """The counts of a tile, or of ALL; of a rating, what opened `since` by itself, too."""
    values = {"viewer": viewer_id, "at": at, "soon": at + WARNED_BEFORE, "since": since}
    return proposal_states.summed(ask(db, counted, **values))


def _counted(parts: Mapping[str, list[Select[Any]]]) -> Counted:
    """Many counts by one statement: each part is rows of a name and a number."""
    together = {name: union_all(*some) for name, some in parts.items()}
    return together | {ALL: union_all(*chain(*parts.values()))}


def named(name: str, count: Select[Any] | ScalarSelect[int]) -> Select[Any]:
    """A count as a part of the figures."""
    number = count.scalar_subquery() if isinstance(count, Select) else count
    return select(literal(name), number)


@lru_cache(KEPT)
def of_coach(
    standing: Standing, *, markable: ColumnElement[bool], invited: ColumnElement[bool]
) -> Counted:
    """What is counted for each tile of a coach's home, and for the top bar."""
    marks = bookmarks.standing(standing, markable)
    soon = marks.where(looked_at(ending(AT, bindparam("soon", type_=Instant))))
    since = bindparam("since", type_=Instant)
    return _counted(
        {
            "waiting": [
                *_waiting(Side.COACH),
                named("invitations", invitations.open_to(VIEWER, invited, AT)),
            ],
            "proposals": proposal_states.tallies(VIEWER, AT),
            "rating": [ratings.tallies(VIEWER, AT, since=since)],
            "bookmarks": [named("bookmarks", marks), named("ending", soon)],
            "top": [named("notices", badges.unread_notices(VIEWER, 0))],
        }
    )


@cache
def of_student() -> Counted:
    """The same of a student's, and how many languages they have named."""
    running = (Contract.student_id == VIEWER, Contract.status.in_(RUNNING_CONTRACTS))
    contracts = select(func.count()).select_from(Contract).where(*running)
    return _counted(
        {
            "waiting": _waiting(Side.STUDENT),
            "contracts": [named("contracts", contracts)],
            "languages": [named("languages", student_profiles.number_of_languages(VIEWER))],
            "top": [named("notices", badges.unread_notices(VIEWER, 0))],
        }
    )


def _waiting(side: Side) -> list[Select[Any]]:
    """Threads with something new, and sessions that wait for one."""
    waiting = learning_sessions.tallies(VIEWER, side, AT)
    return [
        named("threads", badges.unread_threads(VIEWER, side, 0)),
        *(named(name, count) for name, count in waiting.items()),
    ]


def pipeline(total: Counter[str]) -> Pipeline:
    """The states among the figures of a coach."""
    return Pipeline(proposal_states.by_state(total))
