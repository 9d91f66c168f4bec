"""What staff took back: that a session costs nothing after all, and why."""

from datetime import datetime

import msgspec
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerTransaction
from db.models.payments import Payment, PaymentStatus, said_of

# Of a session: what it cost is taken back.
TAKEN_BACK = exists().where(
    LedgerTransaction.session_id == LearningSession.id, LedgerTransaction.reverses_id.is_not(None)
)


class Reversal(msgspec.Struct, frozen=True):
    """What staff took back; both of the session may read why, and who has the money now."""

    at: datetime
    reason: str
    status: PaymentStatus
    amount: int
    currency: str
    paid_at: datetime | None

    @property
    def said(self) -> PaymentStatus:
        """What the two had said of its payment."""
        return said_of(self.status, self.paid_at)


def reversal(db: Session, session_id: int) -> Reversal | None:
    """That what a session cost was taken back, when and why; None where it was not."""
    posted, back = another(LedgerTransaction), another(LedgerTransaction)
    query = (
        select(
            back.posted_at, back.reason,
            Payment.status, Payment.amount, Payment.currency, Payment.paid_at,
        )
        .join(posted, posted.id == back.reverses_id)
        .join(Payment, Payment.transaction_id == posted.id)
    )  # fmt: skip
    row = db.execute(query.where(posted.session_id == session_id)).one_or_none()
    return Reversal(*row) if row else None
