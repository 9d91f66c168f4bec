"""Whether somebody does what is due: shown by being there, and gone with the process that did it.

Nobody writes it down, so nothing of it can be left behind and no clock is asked.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.engine import Database
from db.queries import health
from db.sqlite import open_private

NAME = "skileez jobs"  # of the connections, by which others know them


@contextmanager
def working(database: Database) -> Iterator[None]:
    """Let everybody see that somebody works, for as long as it lasts. Raises OSError.

    In PostgreSQL they see it by the name that `Database` was given.
    """
    if not database.is_sqlite:
        yield
        return
    lock = open_private(_sign(database))
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)  # of several, perhaps
        yield
    finally:
        os.close(lock)


def does_anybody_work(database: Database) -> bool:
    """Whether a process is there that does what is due, on any node."""
    if database.is_sqlite:
        return _is_held(_sign(database))
    with database.reading() as db:
        return health.is_connected(db, NAME)


def _sign(database: Database) -> Path:
    return Path(f"{database.url.database}.working")


def _is_held(path: Path) -> bool:
    # Who looks holds the lock for an instant, so they take turns by their folder's: else one of
    # two would take the other for somebody at work.
    try:
        with _opened(path.parent) as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            with _opened(path) as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield opened
    finally:
        os.close(opened)
