"""What staff decided on a coach's application: a row each time, never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.models.profiles import CoachProfile, CoachStatus
from db.types import Id


class CoachDecision(Base):
    """`outcome` is the state that followed: approved, changes_requested or rejected."""

    __tablename__ = "coach_decisions"
    __table_args__ = (Index(None, "coach_id", "decided_at"), Index(None, "decided_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    coach_id: Mapped[int] = mapped_column(ForeignKey(CoachProfile.account_id))
    staff_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    outcome: Mapped[CoachStatus]
    reason: Mapped[str] = mapped_column(String(1000), default="")
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime]


class StepComment(Base):
    """What is asked for on one step of onboarding."""

    __tablename__ = "step_comments"
    __table_args__ = (UniqueConstraint("decision_id", "step"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey(CoachDecision.id, ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(1000))


def is_claimed_by_other(coach: CoachProfile, account_id: int, at: datetime) -> bool:
    """Whether somebody else of the staff reads this application at this instant."""
    if coach.claimed_by_id is None or coach.claimed_until is None:
        return False
    return coach.claimed_by_id != account_id and coach.claimed_until > at
