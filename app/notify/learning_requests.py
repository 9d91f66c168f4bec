"""What is told about a learning request: to coaches who have answered it, and to its student.

Coaches read its title, which they know, and nothing of who the student is.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.notices import NoticeKind
from db.models.proposals import Proposal


def request_closed(
    db: Session, wanted: LearningRequest, coaches: Sequence[Account], event: Event
) -> None:
    """That the request has ended without a choice, to everybody who waits for an answer."""
    _about(db, "request_closed", wanted, coaches, event)


def request_changed(
    db: Session,
    wanted: LearningRequest,
    coaches: Sequence[Account],
    event: Event,
    changed: Sequence[str],
) -> None:
    """What of the request is another than when they answered it, by name."""
    _about(db, "request_changed", wanted, coaches, event, changed=list(changed))


def request_expiring(
    db: Session, wanted: LearningRequest, student: Account, event: Event, days: int
) -> None:
    """That the request runs out soon, with the way to renew it."""
    _about(db, "request_expiring", wanted, [student], event, side=Side.STUDENT, days=days)


def proposal_expired(
    db: Session, wanted: LearningRequest, coach: Account, event: Event, proposal: Proposal
) -> None:
    """That a proposal has ended without an answer."""
    path = f"/proposals/{proposal.id}"
    _about(db, "proposal_expired", wanted, [coach], event, kind=NoticeKind.OUTCOME, path=path)


def _about(
    db: Session,
    name: str,
    wanted: LearningRequest,
    accounts: Sequence[Account],
    event: Event,
    **more: Any,
) -> None:
    told: dict[str, Any] = {
        "kind": NoticeKind.REQUEST,
        "side": Side.COACH,
        "path": f"/requests/{wanted.id}",
        "title": wanted.title,
        "request": wanted.id,
    }
    for account in accounts:
        notify(db, account, event, name=name, **told | more)
