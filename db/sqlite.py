"""How SQLite is opened: one file, write-ahead log, nothing lost, and nobody else may read it."""

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from db.failures import failure

_creating = threading.Lock()
BUSY_TIMEOUT = 15_000
# KiB a connection, as far as it goes through so much: where a million requests are, the newest
# thousand and those who posted them are spread over 20 MB, and a write touches little.
CACHE_SIZES = {"reads": 32_000, "writes": 8_000}
_PRIVATE = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": BUSY_TIMEOUT,
}


def sqlite_engine(url: URL, *, writes: bool, **pool: Any) -> Engine:
    """An engine whose every transaction takes the write lock at once, or may not write at all."""
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False},
        hide_parameters=True,
        **pool,
    )

    def keep_private(*_: Any) -> None:
        # The log and its index take over the permissions of the file.
        _create_private(Path(str(url.database)))

    def set_pragmas(connection: sqlite3.Connection, _: Any) -> None:
        _set_pragmas(connection)
        size = CACHE_SIZES["writes" if writes else "reads"]
        connection.execute(f"PRAGMA cache_size = -{size}")
        connection.execute(f"PRAGMA query_only = {int(not writes)}")

    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once when another one wrote
        # in between, whatever the busy timeout; so a writer says so from the start. To the driver
        # itself: SQLAlchemy's way there takes longer than a statement of a page.
        words = "BEGIN IMMEDIATE" if writes else "BEGIN"
        driver: Any = connection.connection.driver_connection
        try:
            driver.execute(words)
        except sqlite3.Error as error:
            raise failure(words, error, sqlite3.Error) from error

    event.listen(engine, "do_connect", keep_private)
    event.listen(engine, "connect", set_pragmas)
    event.listen(engine, "begin", begin)
    return engine


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for a file that only one process at a time may hold."""
    # Opened anew each time: a descriptor inherited by a forked process would share the lock.
    lock = open_private(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def locked_in_turn(turn: Path, path: Path) -> Iterator[None]:
    """The same where many want it all the time: whoever waits first is the next to get it.

    A lock that is let go is free for whoever is quickest, and that is the process which had it and
    wants it again. So one waits for it holding a `turn`, for which all the others wait.
    """
    with ExitStack() as held:
        with locked(turn):
            held.enter_context(locked(path))
        yield


def open_private(path: Path) -> int:
    try:
        return os.open(path, _PRIVATE, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(path, _PRIVATE, 0o600)


def _create_private(path: Path) -> None:
    # Only a new file, and before anything of this process has it open: closing any descriptor of
    # a file drops all locks the process has on it, those of SQLite's own connections too. Another
    # process would then take itself for the last one and remove the log we are still writing to.
    with _creating:
        if not path.exists():
            os.close(open_private(path))


def _set_pragmas(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Else REPLACE deletes a row without asking the triggers that keep the ledger as it is.
    connection.execute("PRAGMA recursive_triggers = ON")
    for name, wanted in PRAGMAS.items():
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            raise RuntimeError(f"SQLite keeps {name} at {found}, it must be {wanted}.")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Turning a new file around needs it alone, and SQLite does not wait for that as it does
    # for other locks: several processes starting together would fail.
    patience = time.monotonic() + BUSY_TIMEOUT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.01)
