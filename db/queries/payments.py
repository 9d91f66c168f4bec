"""Payments: what is to be settled for postings, and what the two have said of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.payments import Payment


def of_transaction(db: Session, transaction_id: int) -> Payment | None:
    """The payment that was asked for with a posting."""
    query = select(Payment).where(Payment.transaction_id == transaction_id)
    return db.scalars(query).one_or_none()
