"""Contracts as their two people see them, and what actions and jobs ask of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from db.aliases import another
from db.models.accounts import Account, Side
from db.models.contracts import RUNNING_CONTRACTS, Contract, ContractStatus
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.session_states import FINISHED
from db.queries.people import still_known, student_name


class ContractHead(msgspec.Struct, frozen=True, kw_only=True):
    """A contract in short, as one of its two sees it; `other_name` is theirs to know (matrix B)."""

    id: int
    side: Side  # the viewer's
    title: str
    request_id: int
    proposal_id: int
    status: ContractStatus
    student_id: int
    coach_id: int
    student_name: str
    coach_name: str
    student_zone: str  # "" once it is not theirs to know any more
    coach_zone: str
    sessions: int
    minutes: int
    price: int
    currency: str
    fee: int
    cancellation_hours: int
    created_at: datetime
    ended_at: datetime | None

    @property
    def number(self) -> str:
        """What the two call it: C-2041."""
        return f"C-{self.id}"

    @property
    def total(self) -> int:
        """What all sessions cost."""
        return self.price * self.sessions

    @property
    def is_running(self) -> bool:
        """It has not ended; it may be paused."""
        return self.status in RUNNING_CONTRACTS

    @property
    def other_id(self) -> int:
        """The person across."""
        return self.coach_id if self.side is Side.STUDENT else self.student_id

    @property
    def other_name(self) -> str:
        """What the viewer calls them."""
        return self.coach_name if self.side is Side.STUDENT else self.student_name

    @property
    def my_zone(self) -> str:
        """Where the viewer's clock hangs."""
        return self.student_zone if self.side is Side.STUDENT else self.coach_zone

    @property
    def other_zone(self) -> str:
        """Where the other one's clock hangs."""
        return self.coach_zone if self.side is Side.STUDENT else self.student_zone


_STUDENT, _COACH = another(Account), another(Account)


def head(db: Session, contract_id: int, viewer_id: int, *, at: datetime) -> ContractHead:
    """A contract in short, as one of its two sees it."""
    [row] = db.execute(heads().where(Contract.id == contract_id))
    return read_head(viewer_id, at, *row)


_WHOLE = (
    joinedload(Contract.learning_request),
    joinedload(Contract.student),
    joinedload(Contract.coach),
)


def held(db: Session, contract_id: int) -> Contract | None:
    """The contract with its two, held until the transaction ends: for jobs, which nobody lets in.

    None while somebody else holds it: a job waits for nobody, and comes again. Whether anything is
    due is asked afterwards: only then is what others did while they held it seen for sure.
    """
    query = select(Contract).where(Contract.id == contract_id).options(*_WHOLE)
    query = query.with_for_update(of=Contract, key_share=True, skip_locked=True)
    return db.scalars(query.execution_options(populate_existing=True)).one_or_none()


def held_session(
    db: Session, session_id: int, is_due: ColumnElement[bool]
) -> LearningSession | None:
    """A session behind its contract, both held; None when it is not due, or not to be had."""
    of = select(LearningSession.contract_id).where(LearningSession.id == session_id)
    contract = held(db, db.scalars(of).one())
    if contract is None:
        return None
    query = select(LearningSession).where(LearningSession.id == session_id, is_due)
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    session = db.scalars(query).one_or_none()
    if session is not None:
        set_committed_value(session, "contract", contract)
    return session


def finished_at(db: Session, contract_id: int) -> datetime | None:
    """When the last of its sessions finished; nothing while one can still change."""
    ours = LearningSession.contract_id == contract_id
    unfinished = exists().where(ours, LearningSession.status.not_in(FINISHED))
    return db.scalar(select(func.max(LearningSession.finished_at)).where(ours, ~unfinished))


def held_sessions(db: Session, contract_id: int) -> Sequence[LearningSession]:
    """All sessions of a contract that is held, as they stand now, with what notices tell of."""
    query = select(LearningSession).where(LearningSession.contract_id == contract_id)
    query = query.options(joinedload(LearningSession.contract).options(*_WHOLE))
    query = query.order_by(LearningSession.number).with_for_update(of=LearningSession)
    return db.scalars(query.execution_options(populate_existing=True)).all()


_COPIED = tuple(
    name for name in ContractHead.__struct_fields__ if name in Contract.__table__.columns
)


def heads() -> Select[Any]:
    """Contracts with what `read_head` makes a row of."""
    columns: list[Any] = [
        LearningRequest.title,
        _STUDENT.first_name, _STUDENT.last_name, _STUDENT.time_zone,
        _COACH.first_name, _COACH.last_name, _COACH.time_zone,
    ]  # fmt: skip
    return (
        select(*columns, *(getattr(Contract, name) for name in _COPIED))
        .select_from(Contract)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .join(_STUDENT, _STUDENT.id == Contract.student_id)
        .join(_COACH, _COACH.id == Contract.coach_id)
    )


def read_head(viewer_id: int, at: datetime, *row: Any) -> ContractHead:
    """A row of `heads`, as one of the two may know it."""
    title, first, last, student_zone, *coach = row[: -len(_COPIED)]
    terms = dict(zip(_COPIED, row[-len(_COPIED) :], strict=True))
    is_student = viewer_id == terms["student_id"]
    known = is_student or still_known(terms["ended_at"], at)
    return ContractHead(
        side=Side.STUDENT if is_student else Side.COACH,
        title=title,
        student_name=student_name(first, last, wrote=True, accepted=known),
        coach_name=f"{coach[0]} {coach[1]}",
        student_zone=student_zone if known else "",
        coach_zone=coach[2],
        **terms,
    )
