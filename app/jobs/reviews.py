"""Asking for reviews, and opening them when their time is over; pages are right without it."""

import threading

from sqlalchemy.orm import Session

from app.actions.reviews import invite_to_review, publish_review, remind_of_review
from app.clock import now
from app.jobs.one_by_one import one_by_one
from app.settings import Settings
from db.engine import Database
from db.queries import review_deadlines as due


def look_after_reviews(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Publish what is due, and tell the two of a contract that they can write."""
    one_by_one(
        database,
        stop,
        (due.sealed, _publish),
        (due.invitations, _invite),
        (due.reminders, _remind),
    )


def _publish(db: Session, number: int) -> None:
    found = due.review(db, number, now())
    if found is not None:
        publish_review(db, *found)


def _invite(db: Session, number: int) -> None:
    contract = due.invitation(db, number, now())
    if contract is not None:
        invite_to_review(db, contract)


def _remind(db: Session, number: int) -> None:
    contract = due.reminder(db, number, now())
    if contract is not None:
        remind_of_review(db, contract)
