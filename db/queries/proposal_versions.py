"""What proposals said before they were changed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.proposal_versions import ProposalVersion
from db.models.proposals import Proposal
from db.queries import proposal_answers


class Earlier(msgspec.Struct, frozen=True):
    """A proposal as it stood at an earlier version."""

    proposal_id: int
    number: int
    message: str
    sessions: int
    minutes: int
    price: int
    currency: str
    cancellation_hours: int
    earliest: date | None
    links: list[str]
    answers: list[list[str]]  # the question, and what the coach wrote
    written_at: datetime

    def answer_to(self, question: str) -> str:
        """What the coach wrote to a question; "" where it was not asked yet."""
        return next((text for asked, text in self.answers if asked == question), "")

    @property
    def total(self) -> int:
        """What the student would have paid."""
        return self.price * self.sessions


_COLUMNS: tuple[Any, ...] = (
    ProposalVersion.proposal_id,
    ProposalVersion.number,
    ProposalVersion.message,
    ProposalVersion.sessions,
    ProposalVersion.minutes,
    ProposalVersion.price,
    ProposalVersion.currency,
    ProposalVersion.cancellation_hours,
    ProposalVersion.earliest,
    ProposalVersion.links,
    ProposalVersion.answers,
    ProposalVersion.written_at,
)


_SHARED = (
    "message", "sessions", "minutes", "price", "currency", "cancellation_hours", "earliest",
    "links",
)  # fmt: skip


def one(db: Session, proposal_id: int, number: int) -> Earlier | None:
    """One earlier version of a proposal, if it was kept."""
    wanted = (ProposalVersion.proposal_id == proposal_id, ProposalVersion.number == number)
    row = db.execute(select(*_COLUMNS).where(*wanted)).one_or_none()
    return Earlier(*row) if row else None


def _every(db: Session, proposal_id: int) -> list[Earlier]:
    query = select(*_COLUMNS).where(ProposalVersion.proposal_id == proposal_id)
    return [Earlier(*row) for row in db.execute(query.order_by(ProposalVersion.number.desc()))]


def history(db: Session, proposal: Proposal) -> list[Earlier]:
    """A proposal as it stands, and after it all that stood there before, the newest first."""
    stands = {name: getattr(proposal, name) for name in _SHARED}
    answers = proposal_answers.of(db, [proposal.id]).get(proposal.id, [])
    newest = Earlier(
        proposal_id=proposal.id,
        number=proposal.version,
        answers=[list(pair) for pair in answers],
        written_at=proposal.updated_at,
        **stands,
    )
    return [newest, *_every(db, proposal.id)]


def some(db: Session, wanted: Iterable[tuple[int, int]]) -> dict[int, Earlier]:
    """Of each of these proposals the version that is asked for, by the proposal's id."""
    asked = dict(wanted)
    if not asked:
        return {}
    query = select(*_COLUMNS).where(
        ProposalVersion.proposal_id.in_(asked), ProposalVersion.number.in_({*asked.values()})
    )
    found = (Earlier(*row) for row in db.execute(query))
    return {one.proposal_id: one for one in found if one.number == asked[one.proposal_id]}
