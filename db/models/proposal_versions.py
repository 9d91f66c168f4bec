"""What proposals said before they were changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.proposals import Proposal
from db.types import Id, Json


class ProposalVersion(Base):
    """What a proposal said before it was changed, from its first viewing on.

    `answers`: the question and what was written, in their order.
    """

    __tablename__ = "proposal_versions"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey(Proposal.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message: Mapped[str] = mapped_column(String(5000))
    sessions: Mapped[int]
    minutes: Mapped[int]
    price: Mapped[int] = mapped_column(Id)
    currency: Mapped[str] = mapped_column(String(3))
    cancellation_hours: Mapped[int] = mapped_column(default=12, server_default="12")
    earliest: Mapped[date | None]
    links: Mapped[list[str]] = mapped_column(Json, default=list)
    answers: Mapped[list[list[str]]] = mapped_column(Json, default=list)
    written_at: Mapped[datetime]
