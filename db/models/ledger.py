"""Double entry: who owes and earns what, in lines that are only ever added and sum to zero.

Triggers of migration 0009 refuse every UPDATE and DELETE of these three tables.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.types import Id


class LedgerAccountKind(StrEnum):
    SPENT = "spent"  # a student's; what they owe is negative
    EARNED = "earned"  # a coach's, after the fee
    FEES = "fees"  # of Skileez; nobody's account


class PostingKind(StrEnum):
    SESSION_COMPLETED = "session_completed"
    SESSION_CANCELLED_LATE = "session_cancelled_late"
    REVERSAL = "reversal"


class LedgerAccount(Base):
    """One for each kind, person and currency; `owner_id` is 0 for what is nobody's."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (UniqueConstraint("owner_id", "kind", "currency"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[LedgerAccountKind]
    owner_id: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3))


class LedgerTransaction(Base):
    """`key` makes that nothing is posted twice: "session:12", "reversal:5"."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (Index(None, "contract_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[PostingKind]
    posted_at: Mapped[datetime]
    contract_id: Mapped[int] = mapped_column(ForeignKey(Contract.id))
    session_id: Mapped[int] = mapped_column(ForeignKey(LearningSession.id), index=True)
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("ledger_transactions.id"), unique=True
    )
    reason: Mapped[str] = mapped_column(String(2000), default="")  # of a reversal
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))


class LedgerLine(Base):
    """`amount` in minor units; those of a transaction sum to zero in each currency."""

    __tablename__ = "ledger_lines"
    __table_args__ = (
        Index(None, "account_id", "transaction_id"),
        CheckConstraint("amount != 0", name="says_something"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    transaction_id: Mapped[int] = mapped_column(ForeignKey(LedgerTransaction.id), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(LedgerAccount.id))
    amount: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3))
