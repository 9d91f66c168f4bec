"""Sessions about which something was reported, as staff read them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerTransaction
from db.models.session_states import DISPUTED, SessionStatus
from db.queries.paging import Found, page
from db.queries.search_options import Count, capped
from db.queries.session_reversals import TAKEN_BACK
from db.queries.session_reversals import reversal as reversal

MOST = 200  # of a history
MOST_COUNTED = 1000
LOOKED_AT = "session.looked_at"


class ReportedLine(msgspec.Struct, frozen=True):
    """A reported session in the list of staff: no names, which stand where a look is recorded."""

    id: int
    number: int
    sessions: int
    contract_id: int
    status: SessionStatus
    reported_by: Side
    reported_at: datetime
    finished_at: datetime | None
    decider: str | None
    is_taken_back: bool


class ReportedSession(msgspec.Struct, frozen=True):
    """One reported session as staff read it."""

    id: int
    number: int
    sessions: int
    contract_id: int
    request_id: int
    title: str
    student: str
    student_zone: str
    coach: str
    coach_zone: str
    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    minutes: int
    price: int
    currency: str
    fee: int
    cancellation_hours: int
    reported_by: Side
    report: str
    reported_at: datetime
    decision: str
    decider: str | None
    finished_at: datetime | None
    posted_at: datetime | None
    reversed_at: datetime | None
    reversal: str | None

    @property
    def is_open(self) -> bool:
        """Nobody has decided, confirmed or waived it."""
        return self.status in DISPUTED

    @property
    def reporter(self) -> str:
        """Who has reported it."""
        return self.student if self.reported_by is Side.STUDENT else self.coach

    @property
    def is_taken_back(self) -> bool:
        """What it cost, by staff."""
        return self.reversed_at is not None

    @property
    def can_be_reversed(self) -> bool:
        """Something was posted for it, and stands."""
        return self.posted_at is not None and self.reversed_at is None


class Step(msgspec.Struct, frozen=True):
    """One thing that happened to a session; `actor` is nobody when the clock did it."""

    at: datetime
    name: str
    side: Side | None
    actor: str | None
    detail: dict[str, Any]


def reported(
    db: Session, visible: ColumnElement[bool], *, waits: bool, after: str = ""
) -> Found[ReportedLine]:
    """Those nobody has decided about, the oldest first; or the others, the newest first."""
    decider = another(Account)
    query = (
        select(
            LearningSession.id, LearningSession.number, Contract.sessions, Contract.id,
            LearningSession.status, LearningSession.reported_by, LearningSession.reported_at,
            LearningSession.finished_at, _name(decider), TAKEN_BACK,
        )
        .join(Contract, Contract.id == LearningSession.contract_id)
        .join(decider, decider.id == LearningSession.decided_by_id, isouter=True)
        .where(visible, _waits() if waits else ~_waits())
    )  # fmt: skip
    key = (LearningSession.reported_at, LearningSession.id)
    return page(db, query, key=key, make=ReportedLine, after=after, rising=waits)


def waiting_count(db: Session, visible: ColumnElement[bool]) -> int:
    """How many wait for a decision."""
    query = select(func.count()).select_from(LearningSession).where(visible, _waits())
    return db.scalars(query).one()


def decided_count(db: Session, visible: ColumnElement[bool]) -> Count:
    """How many were reported, and are finished; they only ever grow, so not all are counted."""
    some = select(LearningSession.id).where(visible, ~_waits()).limit(MOST_COUNTED + 1)
    number = db.scalars(select(func.count()).select_from(some.subquery())).one()
    return capped(number, MOST_COUNTED)


def waiting_since(db: Session, visible: ColumnElement[bool]) -> datetime | None:
    """When the one that has waited longest was reported."""
    return db.scalars(select(func.min(LearningSession.reported_at)).where(visible, _waits())).one()


def find(db: Session, session_id: int) -> ReportedSession:
    """One of them, which has been found to be visible."""
    student, coach, decider = another(Account), another(Account), another(Account)
    posted, back = another(LedgerTransaction), another(LedgerTransaction)
    query = (
        select(
            LearningSession.id, LearningSession.number, Contract.sessions, Contract.id,
            LearningRequest.id, LearningRequest.title,
            _name(student), student.time_zone, _name(coach), coach.time_zone,
            LearningSession.status, LearningSession.starts_at, LearningSession.ends_at,
            Contract.minutes, Contract.price, Contract.currency, Contract.fee,
            Contract.cancellation_hours, LearningSession.reported_by, LearningSession.report,
            LearningSession.reported_at, LearningSession.decision, _name(decider),
            LearningSession.finished_at, posted.posted_at, back.posted_at, back.reason,
        )
        .join(Contract, Contract.id == LearningSession.contract_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .join(student, student.id == LearningSession.student_id)
        .join(coach, coach.id == LearningSession.coach_id)
        .join(decider, decider.id == LearningSession.decided_by_id, isouter=True)
        .outerjoin(
            posted, (posted.session_id == LearningSession.id) & posted.reverses_id.is_(None)
        )
        .outerjoin(back, back.reverses_id == posted.id)
        .where(LearningSession.id == session_id)
    )  # fmt: skip
    facts: list[Any] = [*db.execute(query).one()]
    return ReportedSession(*facts)


def history(db: Session, session_id: int) -> list[Step]:
    """All that happened to a session, the latest first; who has looked at it, too."""
    actor = another(Account)
    query = (
        select(Event.at, Event.name, Event.side, _name(actor), Event.detail)
        .join(actor, actor.id == Event.actor_id, isouter=True)
        .where(Event.subject == "session", Event.subject_id == session_id)
    )
    return [Step(*row) for row in db.execute(query.order_by(Event.id.desc()).limit(MOST))]


def _waits() -> ColumnElement[bool]:
    return LearningSession.status.in_(DISPUTED)


def _name(person: Any) -> ColumnElement[str]:
    name: ColumnElement[str] = person.first_name + " " + person.last_name
    return name
