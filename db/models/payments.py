"""What is to be settled for a posting, and what the two say about it: Skileez moves no money."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerTransaction
from db.models.moves import Moves
from db.types import Id


class PaymentStatus(StrEnum):
    DUE = "due"
    PAID = "paid"  # marked so by the student
    RECEIVED = "received"  # marked so by the coach
    VOID = "void"  # its posting was reversed before it was settled


MOVES: Moves[PaymentStatus] = {
    PaymentStatus.DUE: frozenset({PaymentStatus.PAID, PaymentStatus.RECEIVED, PaymentStatus.VOID}),
    PaymentStatus.PAID: frozenset({PaymentStatus.RECEIVED, PaymentStatus.VOID}),
    PaymentStatus.RECEIVED: frozenset(),
    PaymentStatus.VOID: frozenset(),
}


def said_of(status: PaymentStatus, paid_at: datetime | None) -> PaymentStatus:
    """What the two have said of a payment, also once it is void."""
    if status is PaymentStatus.VOID:
        return PaymentStatus.PAID if paid_at else PaymentStatus.DUE
    return status


class Payment(Base):
    """`amount` in minor units: the price, of which the coach owes the fee."""

    __tablename__ = "payments"
    __table_args__ = (Index(None, "contract_id", "status"),)
    moves: ClassVar[Moves[PaymentStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    transaction_id: Mapped[int] = mapped_column(ForeignKey(LedgerTransaction.id), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey(Contract.id))
    session_id: Mapped[int] = mapped_column(ForeignKey(LearningSession.id), index=True)
    status: Mapped[PaymentStatus] = mapped_column(default=PaymentStatus.DUE)
    amount: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3))
    provider: Mapped[str] = mapped_column(String(24))  # "manual": the two settle outside
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]

    contract: Mapped[Contract] = relationship(lazy="raise")
