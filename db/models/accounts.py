"""A person: who they are, whether they may come in, and the side they look from."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.moves import Moves
from db.types import Id

if TYPE_CHECKING:
    from db.models.profiles import CoachProfile, StudentProfile


class AccountStatus(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"


class StaffRole(StrEnum):
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Side(StrEnum):
    STUDENT = "student"
    COACH = "coach"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class DataSaver(StrEnum):
    """Whether pages do without what is nice to have; `system` follows the browser's Save-Data."""

    SYSTEM = "system"
    ON = "on"
    OFF = "off"


MOVES: Moves[AccountStatus] = {
    AccountStatus.ACTIVE: frozenset({AccountStatus.SUSPENDED}),
    AccountStatus.SUSPENDED: frozenset({AccountStatus.ACTIVE}),
}


class Account(Base):
    __tablename__ = "accounts"
    moves: ClassVar[Moves[AccountStatus]] = MOVES

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    first_name: Mapped[str] = mapped_column(String(50))
    last_name: Mapped[str] = mapped_column(String(50))
    email: Mapped[str] = mapped_column(String(254))
    email_folded: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_reset_password: Mapped[bool] = mapped_column(default=False)  # somebody else may know it
    status: Mapped[AccountStatus] = mapped_column(default=AccountStatus.ACTIVE)
    staff_role: Mapped[StaffRole | None]
    role_view: Mapped[Side] = mapped_column(default=Side.STUDENT)
    country: Mapped[str | None] = mapped_column(String(2))
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    locale: Mapped[str] = mapped_column(String(12), default="en")
    theme: Mapped[Theme] = mapped_column(default=Theme.SYSTEM)
    data_saver: Mapped[DataSaver] = mapped_column(default=DataSaver.SYSTEM)
    # No mails of notices in between: minutes after midnight, by the clock of this time zone.
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    mail_key: Mapped[str | None] = mapped_column(
        String(43), unique=True
    )  # ends mails, opens nothing
    calendar_key: Mapped[str | None] = mapped_column(
        String(43), unique=True
    )  # the address of a feed of one's sessions; none until it is asked for
    email_confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    student_profile: Mapped["StudentProfile | None"] = relationship(
        back_populates="account", lazy="raise"
    )
    coach_profile: Mapped["CoachProfile | None"] = relationship(
        back_populates="account", lazy="raise", foreign_keys="CoachProfile.account_id"
    )

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_suspended(self) -> bool:
        return self.status == AccountStatus.SUSPENDED

    @property
    def has_confirmed_email(self) -> bool:
        return self.email_confirmed_at is not None
