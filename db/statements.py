"""Statements that are made once and asked often, each time with other values.

Writing a statement takes SQLAlchemy longer than SQLite needs to answer it. Functions that write
one are `@cache`d therefore; what differs each time stands in it as one of these parameters.
"""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, Connection, Executable, bindparam
from sqlalchemy.orm import Session, SessionTransaction

from db.failures import failure
from db.made import Made, Statement
from db.types import Instant

KEPT = 100  # statements of a kind, where what is searched for makes many of them

VIEWER = bindparam("viewer", type_=BigInteger)  # the id of whoever looks
AT = bindparam("at", type_=Instant)  # this instant
KEY = bindparam("key", type_=BigInteger)  # the id of what is looked at

# By which values are given, and how many there are of lists; None where it was asked but once.
Shapes = dict[tuple[object, ...], Made | None]
_asked: WeakKeyDictionary[Any, Shapes] = WeakKeyDictionary()


class Rows(list[Any]):
    """What was found: named tuples in the order of the statement.

    They are read by place, or by a label that the statement gives or a column has.
    """

    def all(self) -> list[Any]:
        """All of them."""
        return self

    def one(self) -> Any:
        """The only one there can be."""
        (row,) = self
        return row

    def one_or_none(self) -> Any:
        """The only one there can be, if there is one."""
        return self.one() if self else None

    def scalar_one(self) -> Any:
        """The first column of the only one there can be."""
        return self.one()[0]

    def scalar(self) -> Any:
        """The first column of the first one, if there is one."""
        return self[0][0] if self else None


def ask(db: Session, statement: Executable, **values: Any) -> Rows:
    """The rows of a statement that selects columns, not entities, or writes some.

    A `viewer` of None is not given: a statement that needs to know who looks fails.
    On the connection of the session, whose own way takes twice as long and finds nothing to do; and
    from the second time on straight from its driver. SQLite's answers in a tenth of what is left.
    """
    if db.autoflush and (db.new or db.dirty or db.deleted):
        db.flush()  # as a session does before it looks
    if values.get("viewer", 0) is None:
        del values["viewer"]
    connection = _connection(db)
    made = _made(connection, statement, values)
    if made is not None:
        return _driven(connection, made, values)
    result = connection.execute(statement, values)
    return Rows(result.all() if result.returns_rows else ())


def _connection(db: Session) -> Connection:
    """The session's, who would look for it anew at each statement of a transaction.

    A savepoint is a transaction, too: it is set once the session is first asked in it.
    """
    transaction, kept = _transaction(db), db.info.get("connection")
    if kept and kept[0] is transaction and db.is_active:
        connection: Connection = kept[1]
        return connection
    connection = db.connection()
    db.info["connection"] = _transaction(db), connection
    return connection


def _transaction(db: Session) -> SessionTransaction | None:
    return db.get_nested_transaction() or db.get_transaction()


def _made(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> Made | None:
    """The statement as the driver takes it, from the second time on that it is asked."""
    if not isinstance(statement, Statement):
        return None
    if connection.dispatch.before_cursor_execute or connection.dispatch.after_cursor_execute:
        return None  # who listens hears of every statement
    sizes = {name: len(value) for name, value in values.items() if isinstance(value, list | tuple)}
    shape = (connection.dialect.name, *values, *sizes.values())
    shapes = _asked.get(statement)
    if shapes is None or len(shapes) > KEPT:
        shapes = _asked[statement] = {}
    if shape not in shapes:
        shapes[shape] = None
        return None
    made = shapes[shape]
    if made is None:
        made = shapes[shape] = Made(statement, connection.dialect, [*values], sizes)
    return made if made.is_whole else None


def _driven(connection: Connection, made: Made, values: Mapping[str, Any]) -> Rows:
    cursor = _cursor(connection)
    given = made.asked(values)
    try:
        cursor.execute(made.text, given, **made.how)
        return Rows(map(made.read, cursor.fetchall() if made.has_rows else ()))
    except made.failures as error:
        driver: Any = connection.connection.dbapi_connection
        is_lost = connection.dialect.is_disconnect(error, driver, None)
        if is_lost:
            connection.invalidate(error)
        raise failure(made.text, error, made.failures, is_lost=is_lost) from error


def _cursor(connection: Connection) -> Any:
    """The same for all statements of a connection to the database: psycopg's cost 12 µs each."""
    kept = connection.info
    if "cursor" not in kept:
        kept["cursor"] = connection.connection.cursor()
    return kept["cursor"]


def hold_rows(db: Session, statement: Executable, **values: Any) -> None:
    """Keep the rows of a statement that locks them from all other writers, until this one is done.

    SQLite has one writer at a time, who holds everything from the beginning.
    """
    if db.connection().dialect.name != "sqlite":
        ask(db, statement, **values)
