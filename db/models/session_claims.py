"""The time that sessions take of people: nobody can be in two at once."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.models.learning_sessions import LearningSession
from db.models.session_states import SLOT
from db.types import EPOCH, Id


def slot_at(at: datetime) -> int:
    """The five minutes in which this moment lies."""
    return (at - EPOCH) // SLOT


def slots(starts_at: datetime | None, ends_at: datetime | None) -> range:
    """The five minutes that a time takes, counted since 1970; one that has begun counts."""
    if starts_at is None or ends_at is None:
        return range(0)
    return range(slot_at(starts_at), -((EPOCH - ends_at) // SLOT))


class SessionClaim(Base):
    """Five minutes of a person's time; `slot` counts them since 1970, in UTC.

    The key makes it impossible to be in two sessions at once, as whichever side.
    """

    __tablename__ = "session_claims"
    __table_args__ = (Index(None, "slot"),)  # what has passed is swept

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    slot: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    session_id: Mapped[int] = mapped_column(ForeignKey(LearningSession.id), index=True)
