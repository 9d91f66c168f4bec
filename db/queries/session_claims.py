"""Whose time is taken, and by which session."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.session_claims import SessionClaim


class Taken(msgspec.Struct, frozen=True):
    """Somebody is in a session then."""

    account_id: int
    session_id: int
    number: int
    title: str


def taken(db: Session, account_ids: Sequence[int], slots: range, *, but: int) -> list[Taken]:
    """Which sessions take any of these five minutes of any of these people; `but` is left out."""
    query = (
        select(
            SessionClaim.account_id,
            LearningSession.id,
            LearningSession.number,
            LearningRequest.title,
        )
        .join(LearningSession, LearningSession.id == SessionClaim.session_id)
        .join(Contract, Contract.id == LearningSession.contract_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .where(
            SessionClaim.account_id.in_(account_ids),
            SessionClaim.slot >= slots.start,
            SessionClaim.slot < slots.stop,
            SessionClaim.session_id != but,
        )
        .order_by(SessionClaim.account_id, LearningSession.id)
        .distinct()
    )
    return [Taken(*row) for row in db.execute(query)]


def hold_people(db: Session, account_ids: Sequence[int]) -> None:
    """Let nobody else agree on a time with any of these meanwhile; always in the same order."""
    query = select(Account.id).where(Account.id.in_(account_ids)).order_by(Account.id)
    db.execute(query.with_for_update(key_share=True)).all()
