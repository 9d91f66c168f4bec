"""Payments: asked for with a posting, and marked by the two, who settle outside."""

from sqlalchemy.orm import Session

from app.events import record
from app.notify import payments as tell
from app.payments import PROVIDER
from db.models.accounts import Side
from db.models.events import Event
from db.models.ledger import LedgerTransaction
from db.models.moves import move
from db.models.payments import Payment, PaymentStatus
from db.queries import payments
from db.queries.viewers import Viewer


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


def mark_payment_paid(db: Session, payment: Payment, *, by: Viewer) -> None:
    """Note that the student says they have paid."""
    event = _marked(db, payment, PaymentStatus.PAID, "payment.paid", Side.STUDENT, by)
    payment.paid_at = event.at
    tell.payment_paid(db, payment, event)


def mark_payment_received(db: Session, payment: Payment, *, by: Viewer) -> None:
    """Note that the coach says it has come, whether the student has said so or not."""
    event = _marked(db, payment, PaymentStatus.RECEIVED, "payment.received", Side.COACH, by)
    payment.received_at = event.at
    tell.payment_received(db, payment, event)


def _marked(
    db: Session, payment: Payment, to: PaymentStatus, name: str, side: Side, by: Viewer
) -> Event:
    before = payment.status
    move(payment, to)
    return record(db, name, by=by, side=side, subject=payment, before=before, after=to)
