"""Payments: what is to be settled for postings, and what the two have said of it."""

from collections import Counter
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerTransaction
from db.models.payments import Payment, PaymentStatus, said_of
from db.queries.earnings import OPEN, stage_of
from db.queries.paging import Found, page

UNSETTLED = (PaymentStatus.DUE, PaymentStatus.PAID)
# What a side can do something about.
WAITING = {Side.STUDENT: (PaymentStatus.DUE,), Side.COACH: UNSETTLED}


class PaymentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One payment, of the session with this number in its contract."""

    id: int
    contract_id: int
    student_id: int
    coach_id: int
    number: int
    title: str
    status: PaymentStatus
    amount: int
    currency: str
    created_at: datetime
    paid_at: datetime | None
    received_at: datetime | None
    taken_back_at: datetime | None
    taken_back: str | None  # why

    @property
    def is_counted(self) -> bool:
        """Its posting stands."""
        return self.taken_back_at is None and self.status is not PaymentStatus.VOID

    @property
    def said(self) -> PaymentStatus:
        """What the two have said of it, also after it was taken back."""
        return said_of(self.status, self.paid_at)

    @property
    def is_to_give_back(self) -> bool:
        """The coach has it, and nothing is owed for the session any more."""
        return self.status is PaymentStatus.RECEIVED and not self.is_counted

    @property
    def contract(self) -> "PaymentLine":
        """What the rules about payments ask of the contract: who its two are."""
        return self


class ContractMoney(msgspec.Struct, frozen=True, kw_only=True):
    """A contract's money: agreed, and how far it has come. What was taken back is not counted."""

    contract_id: int
    price: int
    sessions: int
    currency: str
    fee: int  # basis points
    counted: int
    paid: int
    received: int
    to_give_back: int
    pending: int  # the last three as in `Sums` of earnings
    counting: int
    ahead: int
    payments: tuple[PaymentLine, ...]

    @property
    def total(self) -> int:
        """What all sessions cost."""
        return self.price * self.sessions

    @property
    def due(self) -> int:
        """Counted, and not marked as paid by anybody."""
        return self.counted - self.paid - self.received

    @property
    def is_open(self) -> bool:
        """More may have to be paid than is listed."""
        return bool(self.pending or self.counting or self.ahead)

    @property
    def not_owed(self) -> int:
        """For sessions that cost nothing: cancelled in time, settled, void, or taken back."""
        return self.total - self.counted - self.pending - self.counting - self.ahead


def of_transaction(db: Session, transaction_id: int) -> Payment | None:
    """The payment that was asked for with a posting."""
    query = select(Payment).where(Payment.transaction_id == transaction_id)
    return db.scalars(query).one_or_none()


def one(db: Session, payment_id: int) -> PaymentLine:
    """A payment that exists, as its line shows it."""
    [row] = db.execute(_lines().where(Payment.id == payment_id))
    return _line(*row)


def waiting(db: Session, account_id: int, side: Side, *, after: str = "") -> Found[PaymentLine]:
    """Those one can mark, the oldest first."""
    query = _lines().where(_mine(side) == account_id, Payment.status.in_(WAITING[side]))
    return page(db, query, key=(Payment.id,), make=_line, after=after, rising=True)


def waiting_count(db: Session, account_id: int, side: Side) -> int:
    """How many there are of them."""
    query = (
        select(func.count())
        .select_from(Payment)
        .join(Contract, Contract.id == Payment.contract_id)
        .where(_mine(side) == account_id, Payment.status.in_(WAITING[side]))
    )
    return db.scalars(query).one()


def of_contract(db: Session, contract_id: int, *, at: datetime) -> ContractMoney:
    """What has been paid out of what; a contract has no more than a few dozen sessions."""
    rows = db.execute(_lines().where(Payment.contract_id == contract_id).order_by(Payment.id))
    lines = tuple(_line(*row) for row in rows)
    terms = (
        select(Contract.price, Contract.sessions, Contract.currency, Contract.fee)
        .where(Contract.id == contract_id)
    )  # fmt: skip
    price, sessions, currency, fee = db.execute(terms).one()
    amounts = dict.fromkeys(PaymentStatus, 0)
    for line in lines:
        if line.is_counted:
            amounts[line.status] += line.amount
    stages = _open_sessions(db, contract_id, at)
    return ContractMoney(
        contract_id=contract_id,
        price=price,
        sessions=sessions,
        currency=currency,
        fee=fee,
        counted=sum(amounts.values()),
        paid=amounts[PaymentStatus.PAID],
        received=amounts[PaymentStatus.RECEIVED],
        to_give_back=sum(line.amount for line in lines if line.is_to_give_back),
        payments=lines,
        **{name: stages[name] * price for name in ("pending", "counting", "ahead")},
    )


def _open_sessions(db: Session, contract_id: int, at: datetime) -> Counter[str]:
    stage = stage_of(at)
    query = select(stage, func.count()).where(
        LearningSession.contract_id == contract_id, LearningSession.status.in_(OPEN)
    )
    return Counter(dict(iter(db.execute(query.group_by(stage)))))


def _mine(side: Side) -> Any:
    return Contract.coach_id if side is Side.COACH else Contract.student_id


def _lines() -> Select[*tuple[Any, ...]]:
    back = another(LedgerTransaction)
    return (
        select(
            Payment.id, Payment.contract_id, Contract.student_id, Contract.coach_id,
            LearningSession.number, LearningRequest.title, Payment.status, Payment.amount,
            Payment.currency, Payment.created_at, Payment.paid_at, Payment.received_at,
            back.posted_at, back.reason,
        )
        .join(Contract, Contract.id == Payment.contract_id)
        .join(LearningSession, LearningSession.id == Payment.session_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .outerjoin(back, back.reverses_id == Payment.transaction_id)
    )  # fmt: skip


def _line(*row: Any) -> PaymentLine:
    return PaymentLine(**dict(zip(PaymentLine.__struct_fields__, row, strict=True)))
