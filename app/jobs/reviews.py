"""Asking for reviews, and opening them when their time is over; pages are right without it.

Each in a transaction of its own, looked at anew once its contract is held: another node, or one of
the two, may have been quicker.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from app.actions.reviews import invite_to_review, publish_review, remind_of_review
from app.clock import now
from app.settings import Settings
from db.engine import Database
from db.queries import review_deadlines as due

Find: TypeAlias = Callable[[Session, datetime], Sequence[int]]
Deed: TypeAlias = Callable[[Session, int], None]

log = logging.getLogger("skileez.jobs")


def look_after_reviews(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Publish what is due, and tell the two of a contract that they can write."""
    problems = [
        problem
        for find, deed in (
            (due.sealed, _publish),
            (due.invitations, _invite),
            (due.reminders, _remind),
        )
        for problem in _each(find, deed, database, stop)
    ]
    if problems:
        raise problems[0]


def _each(find: Find, deed: Deed, database: Database, stop: threading.Event) -> list[Exception]:
    with database.reading() as db:  # so that nothing to do never waits for the writers
        numbers = find(db, now())
    problems: list[Exception] = []
    for number in numbers:
        if stop.is_set():
            break
        try:
            with database.writing() as db:
                deed(db, number)
        except Exception as problem:  # one that cannot be published must not keep the others
            log.warning("%s %s: %s", deed.__name__, number, problem)
            problems.append(problem)
    return problems


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
