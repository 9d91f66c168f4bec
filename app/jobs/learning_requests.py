"""Carrying out the deadlines of requests and proposals; pages are right without it.

Each thing in a transaction of its own, short enough for a person to wait behind, and looked at
anew once it is held: another node, or its student, may have been quicker.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from app.actions.request_expiries import expire_proposal, expire_request, warn_student
from app.clock import now
from app.settings import Settings
from db.engine import Database
from db.queries import request_deadlines as due

Find: TypeAlias = Callable[[Session, datetime], Sequence[int]]
Deed: TypeAlias = Callable[[Session, int], None]

log = logging.getLogger("skileez.jobs")


def meet_deadlines(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Expire what has run out, and warn of what will. What fails is tried again next time."""
    problems = [
        problem
        for find, deed in (
            (due.requests, _request),
            (due.proposals, _proposal),
            (due.warnings, _warning),
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
        except Exception as problem:  # one that cannot be ended must not keep the others
            log.warning("%s %s: %s", deed.__name__, number, problem)
            problems.append(problem)
    return problems


def _request(db: Session, number: int) -> None:
    wanted = due.request(db, number, now())
    if wanted is not None:
        expire_request(db, wanted)


def _proposal(db: Session, number: int) -> None:
    found = due.proposal(db, number, now())
    if found is not None:
        expire_proposal(db, *found)


def _warning(db: Session, number: int) -> None:
    found = due.warning(db, number, now())
    if found is not None:
        warn_student(db, *found)
