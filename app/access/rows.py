"""How a thing is read: as an entity, or as a row where its rules ask for little."""

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scopes import LOADED
from db.models.learning_requests import LearningRequest
from db.models.threads import Thread
from db.queries import bookmarks, threads
from db.queries.bookmarks import Markable
from db.queries.threads import OpenThread
from db.statements import ask


class Row(msgspec.Struct, frozen=True, eq=False):
    """What is read as a row instead of an entity: its rules and its condition are its model's."""

    model: Any
    query: Any
    make: Callable[[Any], Any] | None = None

    def one(self, db: Session, query: Any, values: dict[str, Any]) -> Any:
        """What this query, made of its own, finds, or None."""
        if self.make is None:
            return db.scalars(query, values).one_or_none()
        row = ask(db, query, **values).one_or_none()
        return None if row is None else self.make(row)


ROWS: dict[type, Row] = {
    OpenThread: Row(Thread, threads.OPEN, threads.open_thread),
    Markable: Row(LearningRequest, bookmarks.MARKABLE, bookmarks.markable),
}


@cache
def read_as(kind: Any) -> Row:
    """How a thing is read: as a row of its own, or as an entity with what its rules look at."""
    return ROWS.get(kind) or Row(kind, select(kind).options(*LOADED[kind]))
