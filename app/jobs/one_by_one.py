"""How a job does what is due: each thing in a transaction of its own, one after the other.

What was found is looked at anew once it is held: another node, or one of the people, may have been
quicker. Nothing waits for it meanwhile, since pages are right without any job.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from app.clock import now
from db.engine import Database

Find: TypeAlias = Callable[[Session, datetime], Sequence[Any]]  # keys of what is due, so many
Deed: TypeAlias = Callable[[Session, Any], None]  # done to one of them, if it still is
Work: TypeAlias = tuple[Find, Deed]

TURN = 20.0  # seconds, after which no further look is taken: the mails wait for their turn

log = logging.getLogger("skileez.jobs")


def one_by_one(database: Database, stop: threading.Event, *kinds: Work) -> None:
    """Do all that is due of each kind. What fails keeps no other, and is tried again next time."""
    ends = time.monotonic() + TURN
    problems: list[Exception] = []
    for find, deed in kinds:
        tried: set[Any] = set()
        keys = _untried(database, find, tried)
        while keys and not stop.is_set():
            problems += _each(database, stop, deed, keys)
            tried.update(keys)
            keys = _untried(database, find, tried) if time.monotonic() < ends else []
    if problems:
        raise problems[0]


def _untried(database: Database, find: Find, tried: set[Any]) -> list[Any]:
    """What there is to do yet: one look finds so many at most, and what failed is found again."""
    with database.reading() as db:  # so that nothing to do never waits for the writers
        return [key for key in find(db, now()) if key not in tried]


def _each(
    database: Database, stop: threading.Event, deed: Deed, keys: list[Any]
) -> list[Exception]:
    problems: list[Exception] = []
    for key in keys:
        if stop.is_set():
            break
        try:
            with database.writing() as db:
                deed(db, key)
        except Exception as problem:  # whatever it is, it must not keep the others
            name = f"{deed.__module__.rpartition('.')[2]}.{deed.__name__.strip('_')}"
            log.warning("%s %s: %s", name, key, problem)
            problems.append(problem)
    return problems
