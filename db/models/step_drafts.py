"""What stands in a step of onboarding that could not be saved yet: kept as it was typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.profiles import CoachProfile
from db.types import Json


class StepDraft(Base):
    __tablename__ = "step_drafts"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(CoachProfile.account_id, ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(20), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(Json)  # name → the texts that were sent
    saved_at: Mapped[datetime]
