"""Carrying out the deadlines of requests and proposals; pages are right without it."""

import threading

from sqlalchemy.orm import Session

from app.actions.request_expiries import expire_proposal, expire_request, warn_student
from app.clock import now
from app.jobs.one_by_one import one_by_one
from app.settings import Settings
from db.engine import Database
from db.queries import request_deadlines as due


def meet_deadlines(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Expire what has run out, and warn of what will."""
    one_by_one(
        database,
        stop,
        (due.requests, _request),
        (due.proposals, _proposal),
        (due.warnings, _warning),
    )


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
