"""The time that sessions take of people: nobody can be in two at once."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.models.accounts import Account
from db.models.learning_sessions import LearningSession
from db.types import Id


class SessionClaim(Base):
    """Five minutes of a person's time; `slot` counts them since 1970, in UTC.

    The key makes it impossible to be in two sessions at once, as whichever side.
    """

    __tablename__ = "session_claims"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    slot: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    session_id: Mapped[int] = mapped_column(ForeignKey(LearningSession.id), index=True)
