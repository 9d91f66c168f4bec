"""The database: whether it answers, and keeps what it is told."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.doctor.finding import Finding, fault, fine, warning
from app.doctor.traces import traces
from app.settings import Settings
from db.engine import Database
from db.migrate import newest_version, version

PATIENCE = 5  # seconds for one question
RESERVED = 3  # connections that PostgreSQL keeps for its owner
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def database(settings: Settings) -> Iterator[Finding]:
    """Whether it answers, is sound and up to date; then what it shows of jobs, mail and clocks."""
    there = Database(settings.database_url, pool_size=2)
    try:
        if there.is_sqlite and not Path(str(there.url.database)).exists():
            yield fault(
                "database",
                f"There is no file {there.url.database}.",
                "./run makes it; or correct DATA_DIR or DATABASE_URL.",
            )
            return
        with there.reading_engine.connect() as connection:
            yield from _sqlite(connection) if there.is_sqlite else _server(connection, settings)
        yield from _migrations(there, settings)
    except (SQLAlchemyError, OSError, RuntimeError) as error:
        yield fault(
            "database",
            f"It cannot be used: {_first_line(error)}",
            "Start it, or correct DATABASE_URL; the site serves again by itself.",
        )
    finally:
        there.dispose()


def _first_line(error: Exception) -> str:
    return (str(getattr(error, "orig", None) or error).strip() or "no word of it").splitlines()[0]


def _sqlite(connection: Connection) -> Iterator[Finding]:
    driver: Any = connection.connection.driver_connection
    late = time.monotonic() + PATIENCE
    # Opening it has asked for write-ahead log and synchronous=FULL, and would have failed without.
    yield fine("database", "SQLite answers; it writes ahead and waits for the disk.")
    driver.set_progress_handler(lambda: time.monotonic() > late, 10_000)
    try:
        (found,) = driver.execute("PRAGMA quick_check(1)").fetchone()
    except driver.OperationalError:
        yield fine("integrity", f"Too large to look through in {PATIENCE} s; each backup does.")
        return
    except driver.DatabaseError as error:
        found = str(error)
    finally:
        driver.set_progress_handler(None, 0)
    if found == "ok":
        yield fine("integrity", "SQLite finds its file in order.")
    else:
        yield fault(
            "integrity",
            f"SQLite finds its file damaged: {found.splitlines()[-1]}",
            "Stop the site, keep the file, restore the last backup.",
        )


def _server(connection: Connection, settings: Settings) -> Iterator[Finding]:
    def shown(name: str) -> str:
        return str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())

    connection.exec_driver_sql(f"SET LOCAL statement_timeout = {PATIENCE * 1000}")
    yield fine("database", f"PostgreSQL {shown('server_version')} answers.")
    if shown("in_hot_standby") == "on":
        yield fault(
            "database",
            "It is a standby, which takes no writes.",
            "Name the primary in DATABASE_URL, or promote this one.",
        )
    off = [name for name in DURABLE if shown(name) == "off"]
    if off:
        yield fault(
            "durability",
            f"{', '.join(off)} is off: what was acknowledged may be lost.",
            "Switch it on in postgresql.conf and reload.",
        )
    else:
        yield fine("durability", "What is acknowledged is on the disk.")
    most = int(shown("max_connections")) - RESERVED
    # Each worker may open five more than it keeps, and one to glance.
    wanted = settings.workers * (settings.database_pool + 6) + 1
    if wanted > most:
        yield warning(
            "connections",
            f"This node may open {wanted}, the server admits {most}.",
            "Lower WORKERS or DATABASE_POOL, or raise max_connections.",
        )
    else:
        yield fine("connections", f"This node may open {wanted} of {most}.")


def _migrations(there: Database, settings: Settings) -> Iterator[Finding]:
    now, newest = version(there), newest_version()
    if now == newest:
        yield fine("migrations", f"The database is at {newest}, as this version wants it.")
        yield from traces(there, settings)
    elif now is None:
        yield fault("migrations", "There is nothing in the database.", "./run or ./run migrate")
    elif now < newest:
        yield fault(
            "migrations",
            f"The database is at {now}, this version wants {newest}.",
            "Back up, then ./run migrate.",
        )
    else:
        yield fault(
            "migrations",
            f"The database is at {now}, this version knows {newest}.",
            "Run the newer version that has been here.",
        )
