"""Facts about a payment: how it stands between the two, who settle outside Skileez."""

from app.access.facts import state as _state
from db.models.payments import Payment, PaymentStatus
from db.queries.payments import UNSETTLED, PaymentLine
from db.queries.viewers import Viewer

IS_SETTLED = {
    PaymentStatus.PAID: "This payment is marked as paid already.",
    PaymentStatus.RECEIVED: "This payment is marked as received already.",
    PaymentStatus.VOID: "Nothing is owed for this session any more: it was taken back.",
}


@_state("This payment is not due.", IS_SETTLED)
def can_be_paid(viewer: Viewer, payment: Payment | PaymentLine) -> bool:
    """Nobody has said anything of it yet."""
    return payment.status is PaymentStatus.DUE


@_state("This payment is not due.", IS_SETTLED)
def can_be_received(viewer: Viewer, payment: Payment | PaymentLine) -> bool:
    """It is owed, whether the student has marked it as paid or not."""
    return payment.status in UNSETTLED
