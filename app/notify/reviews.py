"""What is told about reviews: that one can write, that one was published, that it was replied to.

Nothing that is told to one depends on what the other has written while it is sealed.
"""

from typing import Any

from sqlalchemy.orm import Session

from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.events import Event
from db.models.notices import NoticeKind


def review_invited(db: Session, account: Account, event: Event, contract: Contract) -> None:
    """That the contract is over, and how long one can say how it went."""
    _about(db, "review_invited", account, event, contract, path="/review")


def review_closing(db: Session, account: Account, event: Event, contract: Contract) -> None:
    """That this is possible for a few more days."""
    _about(db, "review_closing", account, event, contract, path="/review")


def review_published(db: Session, account: Account, event: Event, contract: Contract) -> None:
    """That one can read what the other wrote."""
    _about(db, "review_published", account, event, contract)


def review_replied(
    db: Session, student: Account, event: Event, contract: Contract, coach: str
) -> None:
    """That the coach answered below a student's review."""
    _about(db, "review_replied", student, event, contract, coach=coach)


def _about(
    db: Session,
    name: str,
    account: Account,
    event: Event,
    contract: Contract,
    *,
    path: str = "",
    **more: Any,
) -> None:
    side = contract.side_of(account.id)
    other = Side.COACH if side is Side.STUDENT else Side.STUDENT
    notify(
        db, account, event, kind=NoticeKind.REVIEW, name=name, side=side,
        path=f"/contracts/{contract.id}{path}", other=other,
        title=contract.learning_request.title, contract=contract.id, **more,
    )  # fmt: skip
