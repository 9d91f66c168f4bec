"""Statements that are made once and asked often, each time with other values.

Writing a statement takes SQLAlchemy longer than SQLite needs to answer it. Functions that write
one are `@cache`d therefore; what differs each time stands in it as one of these parameters.
"""

from typing import Any

from sqlalchemy import BigInteger, CursorResult, Executable, bindparam
from sqlalchemy.orm import Session

from db.types import Instant

KEPT = 100  # statements of a kind, where what is searched for makes many of them

VIEWER = bindparam("viewer", type_=BigInteger)  # the id of whoever looks
AT = bindparam("at", type_=Instant)  # this instant
KEY = bindparam("key", type_=BigInteger)  # the id of what is looked at


def ask(db: Session, statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """The rows of a statement that selects columns, not entities.

    A `viewer` of None is not given: a statement that needs to know who looks fails.
    On the connection of the session, whose own way takes twice as long and finds nothing to do.
    """
    if db.autoflush and (db.new or db.dirty or db.deleted):
        db.flush()  # as a session does before it looks
    if values.get("viewer", 0) is None:
        del values["viewer"]
    return db.connection().execute(statement, values)


def hold_rows(db: Session, statement: Executable, **values: Any) -> None:
    """Keep the rows of a statement that locks them from all other writers, until this one is done.

    SQLite has one writer at a time, who holds everything from the beginning.
    """
    if db.connection().dialect.name != "sqlite":
        ask(db, statement, **values)
