"""Payments: asked for with a posting, and marked by the two, who settle outside."""

from sqlalchemy.orm import Session

from app.payments import PROVIDER
from db.models.ledger import LedgerTransaction
from db.models.moves import move
from db.models.payments import Payment, PaymentStatus
from db.queries import payments


def ask_for_payment(
    db: Session, posted: LedgerTransaction, *, amount: int, currency: str
) -> Payment:
    """Write down what the student is to pay for a posting."""
    payment = Payment(
        transaction_id=posted.id,
        contract_id=posted.contract_id,
        session_id=posted.session_id,
        amount=amount,
        currency=currency,
        provider=PROVIDER.name,
        created_at=posted.posted_at,
    )
    db.add(payment)
    db.flush()
    PROVIDER.ask_for(payment)
    return payment


def call_payment_off(db: Session, posted: LedgerTransaction) -> None:
    """Nothing is to be paid for a posting any more; what was received stays received."""
    payment = payments.of_transaction(db, posted.id)
    if payment and PaymentStatus.VOID in payment.moves[payment.status]:
        move(payment, PaymentStatus.VOID)
        PROVIDER.call_off(payment)
