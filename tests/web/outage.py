"""A database that goes away for a while, and comes back as it was."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from db.engine import Database
from tests import postgres
from tests.databases import FOLDER


@contextmanager
def outage(database: Database) -> Iterator[None]:
    """Meanwhile every connection is refused, and those that were open are gone."""
    way = _file_gone if database.is_sqlite else _connections_refused
    with way(database):
        yield


@contextmanager
def _file_gone(database: Database) -> Iterator[None]:
    folder = Path(str(database.url.database)).parent
    aside = folder.with_name(f"{folder.name}-aside")
    Database.dispose(database)  # not the fixture's, which keeps connections for the test
    folder.rename(aside)
    folder.write_text("a file where the folder was")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)


@contextmanager
def _connections_refused(database: Database) -> Iterator[None]:
    name = database.url.database
    address = postgres.url(os.environ[FOLDER], "postgres").replace("+psycopg", "", 1)
    with psycopg.connect(address, autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
