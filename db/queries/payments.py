"""Payments: what is to be settled for postings, and what the two have said of it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.payments import Payment, PaymentStatus
from db.queries.earnings import OPEN, is_over
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

    @property
    def contract(self) -> "PaymentLine":
        """What the rules about payments ask of the contract: who its two are."""
        return self


class ContractMoney(msgspec.Struct, frozen=True, kw_only=True):
    """A contract's money: agreed, and how far it has come; `left` is still to come."""

    contract_id: int
    price: int
    sessions: int
    currency: str
    fee: int  # basis points
    counted: int
    paid: int
    received: int
    pending: int
    left: int
    payments: tuple[PaymentLine, ...]

    @property
    def total(self) -> int:
        """What all sessions cost."""
        return self.price * self.sessions

    @property
    def due(self) -> int:
        """Counted, and not marked as paid by anybody."""
        return self.counted - self.paid - self.received


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
    pending, left = _open_sessions(db, contract_id, at)
    amounts = dict.fromkeys(PaymentStatus, 0)
    for line in lines:
        amounts[line.status] += line.amount
    return ContractMoney(
        contract_id=contract_id,
        price=price,
        sessions=sessions,
        currency=currency,
        fee=fee,
        counted=sum(amounts.values()) - amounts[PaymentStatus.VOID],
        paid=amounts[PaymentStatus.PAID],
        received=amounts[PaymentStatus.RECEIVED],
        pending=pending * price,
        left=left * price,
        payments=lines,
    )


def _open_sessions(db: Session, contract_id: int, at: datetime) -> tuple[int, int]:
    over = func.count().filter(is_over(at))
    query = select(over, func.count()).where(
        LearningSession.contract_id == contract_id, LearningSession.status.in_(OPEN)
    )
    pending, every = db.execute(query).one()
    return pending, every - pending


def _mine(side: Side) -> Any:
    return Contract.coach_id if side is Side.COACH else Contract.student_id


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Payment.id, Payment.contract_id, Contract.student_id, Contract.coach_id,
            LearningSession.number, LearningRequest.title, Payment.status, Payment.amount,
            Payment.currency, Payment.created_at, Payment.paid_at, Payment.received_at,
        )
        .join(Contract, Contract.id == Payment.contract_id)
        .join(LearningSession, LearningSession.id == Payment.session_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
    )  # fmt: skip


def _line(*row: Any) -> PaymentLine:
    return PaymentLine(**dict(zip(PaymentLine.__struct_fields__, row, strict=True)))
