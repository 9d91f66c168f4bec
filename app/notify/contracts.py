"""What is told about a contract as a whole: that it is paused, goes on, has ended or is completed.

Nobody is told of what they did themselves; who the other one is, the list says anew at each look.
"""

from typing import Any

from sqlalchemy.orm import Session

from app.mail.shortened import in_parts
from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.notices import NoticeKind


def contract_paused(db: Session, contract: Contract, event: Event) -> None:
    """That no new times are agreed on for a while."""
    _told(db, "contract_paused", contract, event)


def contract_resumed(db: Session, contract: Contract, event: Event) -> None:
    """That it goes on."""
    _told(db, "contract_resumed", contract, event)


def contract_ended(db: Session, contract: Contract, event: Event, *, owed: int) -> None:
    """That the other one has ended it, why, and how many sessions are owed all the same."""
    reason = in_parts(contract.end_reason)
    _told(db, "contract_ended", contract, event, reason=reason, owed=owed)


def contract_completed(db: Session, contract: Contract, event: Event) -> None:
    """That all its sessions are over."""
    _told(db, "contract_completed", contract, event)


def _told(db: Session, name: str, contract: Contract, event: Event, **more: Any) -> None:
    title = db.get_one(LearningRequest, contract.request_id).title
    for account_id in contract.parties:
        if account_id == event.actor_id:
            continue
        account, side = db.get_one(Account, account_id), contract.side_of(account_id)
        other = Side.COACH if side is Side.STUDENT else Side.STUDENT
        notify(
            db, account, event, kind=NoticeKind.CONTRACT, name=name, side=side,
            path=f"/contracts/{contract.id}", other=other,
            title=title, contract=contract.id, **more,
        )  # fmt: skip
