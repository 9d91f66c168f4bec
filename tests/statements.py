"""Every statement that reaches a database meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from db.engine import Database


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The list of them, which grows while they are sent."""
    sent: list[str] = []

    def note(*about: Any) -> None:
        sent.append(about[2])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
