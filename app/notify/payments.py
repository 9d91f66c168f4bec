"""What is told about a payment: that the other one has marked it, which is a record and no more."""

from sqlalchemy.orm import Session

from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.notices import NoticeKind
from db.models.payments import Payment
from db.queries import payments


def payment_paid(db: Session, payment: Payment, event: Event) -> None:
    """To the coach: that the student says they have paid."""
    _told(db, "payment_paid", payment, event, payment.contract.coach, Side.COACH)


def payment_received(db: Session, payment: Payment, event: Event) -> None:
    """To the student: that the coach says it has come."""
    _told(db, "payment_received", payment, event, payment.contract.student, Side.STUDENT)


def _told(
    db: Session, name: str, payment: Payment, event: Event, account: Account, side: Side
) -> None:
    other = Side.STUDENT if side is Side.COACH else Side.COACH
    line = payments.one(db, payment.id)
    notify(
        db, account, event, kind=NoticeKind.CONTRACT, name=name, side=side,
        path=f"/contracts/{line.contract_id}", other=other, title=line.title,
        contract=line.contract_id, number=line.number, price=line.amount, currency=line.currency,
    )  # fmt: skip
