"""Mails about a learning request: to coaches who have answered it, and to its student.

Coaches read its title, which they know, and nothing of who the student is.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.mail.outbox import enqueue_about
from db.models.accounts import Account
from db.models.events import Event
from db.models.learning_requests import LearningRequest


def request_closed(
    db: Session, wanted: LearningRequest, coaches: Iterable[Account], event: Event
) -> None:
    """That the request has ended without a choice, to everybody who waits for an answer."""
    for coach in coaches:
        _about(db, "request_closed", wanted, coach, event)


def request_changed(
    db: Session,
    wanted: LearningRequest,
    coaches: Iterable[Account],
    event: Event,
    changed: Sequence[str],
) -> None:
    """What of the request is another than when they answered it, by name."""
    for coach in coaches:
        _about(db, "request_changed", wanted, coach, event, changed=list(changed))


def request_expiring(
    db: Session, wanted: LearningRequest, student: Account, event: Event, days: int
) -> None:
    """That the request runs out soon, with the way to renew it."""
    _about(db, "request_expiring", wanted, student, event, days=days)


def proposal_expired(db: Session, wanted: LearningRequest, coach: Account, event: Event) -> None:
    """That a proposal has ended without an answer."""
    _about(db, "proposal_expired", wanted, coach, event)


def _about(
    db: Session,
    template: str,
    wanted: LearningRequest,
    account: Account,
    event: Event,
    **detail: Any,
) -> None:
    about: dict[str, Any] = {"title": wanted.title, "request": wanted.id}
    enqueue_about(db, template, account, event, **about, **detail)
