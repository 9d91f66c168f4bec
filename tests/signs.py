"""Somebody at work, as others see them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from db.engine import Database
from db.working import NAME, working


@contextmanager
def somebody_at_work(database: Database) -> Iterator[None]:
    """What others see of a process that does what is due."""
    there = Database(database.url.render_as_string(hide_password=False), name=NAME)
    try:
        with working(there), there.reading_engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            connection.rollback()
            yield
    finally:
        there.dispose()
