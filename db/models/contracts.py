"""What two people agreed on: the terms of the proposal that was accepted, which never change."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal
from db.types import Id


class ContractStatus(StrEnum):
    ACTIVE = "active"


class Contract(Base):
    """`price` is minor units a session, `fee` basis points of it, `minutes` those of a session."""

    __tablename__ = "contracts"
    __table_args__ = (Index(None, "student_id", "status"), Index(None, "coach_id", "status"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey(LearningRequest.id), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), unique=True)
    proposal_version: Mapped[int]
    student_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    coach_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    status: Mapped[ContractStatus] = mapped_column(default=ContractStatus.ACTIVE)
    sessions: Mapped[int]
    minutes: Mapped[int]
    price: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3))
    fee: Mapped[int]
    cancellation_hours: Mapped[int]
    created_at: Mapped[datetime]
