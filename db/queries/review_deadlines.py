"""Reviews whose time has come: to be asked for, to be reminded of, to be published."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.events import Event
from db.models.reviews import REVIEWED_WITHIN, Review
from db.queries.reviews import completed_sessions

INVITED = "contract.review_invited"
REMINDED = "contract.review_reminded"
REMINDED_BEFORE = timedelta(days=3)  # the time for reviews is over
MOST = 500  # at one go; the next is a minute away


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
    of = select(Review.contract_id).where(Review.id == number).scalar_subquery()
    contract = _held(db, Contract.id == of)
    query = select(Review).where(Review.id == number, *_due(at)).with_for_update()
    found = contract and db.scalars(query).one_or_none()
    return (contract, found) if contract and found else None


def invitations(db: Session, at: datetime) -> Sequence[int]:
    """Contracts that are over, of whose two nobody was asked how it went."""
    return _numbers(db, *_ended(INVITED, at, REVIEWED_WITHIN - REMINDED_BEFORE))


def invitation(db: Session, number: int, at: datetime) -> Contract | None:
    """This one, held."""
    ended = _ended(INVITED, at, REVIEWED_WITHIN - REMINDED_BEFORE)
    return _held(db, Contract.id == number, *ended)


def reminders(db: Session, at: datetime) -> Sequence[int]:
    """Contracts whose time for reviews is nearly over, of which nobody was reminded."""
    return _numbers(db, *_nearly_over(at))


def reminder(db: Session, number: int, at: datetime) -> Contract | None:
    """This one, held."""
    return _held(db, Contract.id == number, *_nearly_over(at))


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Review.published_at.is_(None), Review.opens_at <= at


def _ended(told: str, at: datetime, within: timedelta) -> tuple[ColumnElement[bool], ...]:
    """Over for less than this, with something to say of it, and `told` not written down."""
    knows = select(Event.id).where(
        Event.subject == "contract", Event.subject_id == Contract.id, Event.name == told
    )
    ended = (Contract.ended_at > at - within, Contract.ended_at <= at)
    return (*ended, completed_sessions(at) >= 1, ~knows.correlate(Contract).exists())


def _nearly_over(at: datetime) -> tuple[ColumnElement[bool], ...]:
    began = Contract.ended_at <= at - (REVIEWED_WITHIN - REMINDED_BEFORE)
    return began, *_ended(REMINDED, at, REVIEWED_WITHIN)


def _numbers(db: Session, *which: ColumnElement[bool]) -> Sequence[int]:
    query = select(Contract.id).where(*which).order_by(Contract.ended_at, Contract.id)
    return db.scalars(query.limit(MOST)).all()


def _held(db: Session, *which: ColumnElement[bool]) -> Contract | None:
    query = select(Contract).where(*which).options(joinedload(Contract.learning_request))
    held = query.with_for_update(of=Contract, skip_locked=True, key_share=True)
    return db.scalars(held).one_or_none()
