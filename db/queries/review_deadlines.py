"""Reviews whose time has come: to be asked for, to be reminded of, to be published."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.reviews import REVIEWED_WITHIN, Review
from db.queries import contracts
from db.queries.reviews import completed_sessions

REMINDED_BEFORE = timedelta(days=3)  # the time for reviews is over
MOST = 500  # at one look


def of_contract(db: Session, contract_id: int) -> Sequence[Review]:
    """What the two have written, sealed or not, held behind their contract."""
    query = select(Review).where(Review.contract_id == contract_id).order_by(Review.id)
    return db.scalars(query.with_for_update()).all()


def silent(db: Session, contract: Contract) -> Sequence[Account]:
    """Those of the two who have not written."""
    wrote = select(Review.author_id).where(Review.contract_id == contract.id)
    both = Account.id.in_((contract.student_id, contract.coach_id))
    query = select(Account).where(both, Account.id.not_in(wrote)).order_by(Account.id)
    return db.scalars(query).all()


# What is due: its numbers, to be looked through, then each of them, held behind its contract.


def sealed(db: Session, at: datetime) -> Sequence[int]:
    """Reviews that are to be published, the earliest first."""
    query = select(Review.id).where(*_due(at)).order_by(Review.opens_at, Review.id)
    return db.scalars(query.limit(MOST)).all()


def review(db: Session, number: int, at: datetime) -> tuple[Contract, Review] | None:
    """This one; None when it is published meanwhile, or somebody else holds its contract."""
    of = select(Review.contract_id).where(Review.id == number)
    contract = contracts.held(db, db.scalars(of).one())
    query = select(Review).where(Review.id == number, *_due(at)).with_for_update()
    found = contract and db.scalars(query).one_or_none()
    return (contract, found) if contract and found else None


def invitations(db: Session, at: datetime) -> Sequence[int]:
    """Contracts that are over, of whose two nobody was asked how it went."""
    return _numbers(db, *_to_invite(at))


def invitation(db: Session, number: int, at: datetime) -> Contract | None:
    """This one, held; None when they were asked meanwhile, or somebody else holds it."""
    return _held(db, number, *_to_invite(at))


def reminders(db: Session, at: datetime) -> Sequence[int]:
    """Contracts whose time for reviews is nearly over, of which nobody was reminded."""
    return _numbers(db, *_to_remind(at))


def reminder(db: Session, number: int, at: datetime) -> Contract | None:
    """This one, held."""
    return _held(db, number, *_to_remind(at))


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Review.published_at.is_(None), Review.opens_at <= at


def _to_invite(at: datetime) -> tuple[ColumnElement[bool], ...]:
    nearly_over = at - (REVIEWED_WITHIN - REMINDED_BEFORE)
    ended = (Contract.ended_at > nearly_over, Contract.ended_at <= at)
    return Contract.review_invited_at.is_(None), *ended, completed_sessions(at) >= 1


def _to_remind(at: datetime) -> tuple[ColumnElement[bool], ...]:
    nearly_over = at - (REVIEWED_WITHIN - REMINDED_BEFORE)
    ended = (Contract.ended_at > at - REVIEWED_WITHIN, Contract.ended_at <= nearly_over)
    return Contract.review_reminded_at.is_(None), *ended, completed_sessions(at) >= 1


def _numbers(db: Session, *which: ColumnElement[bool]) -> Sequence[int]:
    query = select(Contract.id).where(*which).order_by(Contract.ended_at, Contract.id)
    return db.scalars(query.limit(MOST)).all()


def _held(db: Session, number: int, *which: ColumnElement[bool]) -> Contract | None:
    contract = contracts.held(db, number)
    still = select(Contract.id).where(Contract.id == number, *which)
    return contract if contract and db.scalar(still) else None
