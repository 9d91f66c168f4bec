"""The ledger's accounts and transactions, for posting; what people read of it is in earnings.py."""

from collections.abc import Iterable
from typing import TypeAlias

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from db.models.ledger import LedgerAccount, LedgerAccountKind, LedgerLine, LedgerTransaction

Holder: TypeAlias = tuple[int, LedgerAccountKind, str]  # owner, kind, currency


def accounts(db: Session, holders: Iterable[Holder]) -> dict[Holder, int]:
    """The ids of these accounts, as far as they have been opened."""
    one = LedgerAccount
    asked = tuple_(one.owner_id, one.kind, one.currency).in_(list(holders))
    query = select(one.id, one.owner_id, one.kind, one.currency).where(asked)
    return {(row.owner_id, row.kind, row.currency): row.id for row in db.execute(query)}


def transaction(db: Session, transaction_id: int) -> LedgerTransaction:
    """One that exists."""
    query = select(LedgerTransaction).where(LedgerTransaction.id == transaction_id)
    return db.scalars(query).one()


def of_session(db: Session, session_id: int) -> LedgerTransaction | None:
    """What a session posted, reversed or not; None while it has posted nothing."""
    query = select(LedgerTransaction).where(
        LedgerTransaction.session_id == session_id, LedgerTransaction.reverses_id.is_(None)
    )
    return db.scalars(query).one_or_none()


def is_reversed(db: Session, transaction_id: int) -> bool:
    """Whether something takes this transaction back."""
    query = select(LedgerTransaction.id).where(LedgerTransaction.reverses_id == transaction_id)
    return db.scalars(query).first() is not None


def lines(db: Session, transaction_id: int) -> list[tuple[Holder, int]]:
    """The lines of a transaction: whose account, and how much."""
    account = LedgerAccount
    query = (
        select(account.owner_id, account.kind, account.currency, LedgerLine.amount)
        .join(account, account.id == LedgerLine.account_id)
        .where(LedgerLine.transaction_id == transaction_id)
        .order_by(LedgerLine.id)
    )
    return [((row.owner_id, row.kind, row.currency), row.amount) for row in db.execute(query)]
