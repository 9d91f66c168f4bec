"""A whole database as rows of plain values: out of either engine, and into either."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Inspector,
    Integer,
    LargeBinary,
    StaticPool,
    String,
    TableClause,
    Text,
    column,
    create_engine,
    insert,
    inspect,
    table,
)
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.types import TypeEngine

from db.engine import Database
from db.migrate import changing, is_modelled, keeps_away, upgrade
from db.queries import backups
from db.types import Instant, Json


class Kind(msgspec.Struct, frozen=True):
    """What a column holds: how it is named in a backup, in Python, and in either database."""

    name: str
    plain: Any
    stored: TypeEngine[Any]


SIXTY_FOUR_BITS = msgspec.Meta(ge=-(2**63), le=2**63 - 1)
# By the type a database says a column has; the first that fits.
KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Boolean, Kind("boolean", bool, Boolean())),
    (DateTime, Kind("moment", Annotated[datetime, msgspec.Meta(tz=True)], Instant())),
    (Date, Kind("date", date, Date())),
    (JSON, Kind("json", Any, Json)),
    (LargeBinary, Kind("bytes", bytes, LargeBinary())),
    (Integer, Kind("integer", Annotated[int, SIXTY_FOUR_BITS], BigInteger())),
    (String, Kind("text", str, Text())),
)


class Unfit(Exception):
    """The database cannot be copied, or not be filled; the sentence says why."""


class Source(msgspec.Struct, frozen=True):
    """A table as the database has it; `key` are the columns of its primary key."""

    table: TableClause
    kinds: tuple[Kind, ...]
    key: list[str]

    @property
    def columns(self) -> dict[str, str]:
        """The kind of each column."""
        return {c.name: kind.name for c, kind in zip(self.table.c, self.kinds, strict=True)}

    def in_order(self, names: list[str]) -> "Source":
        """The same with its columns in this order."""
        kinds = dict(zip(self.table.c.keys(), self.kinds, strict=True))
        columns = (column(name, kinds[name].stored) for name in names)
        return Source(
            table(self.table.name, *columns), tuple(kinds[name] for name in names), self.key
        )

    @property
    def row(self) -> Any:
        """The type of a row, as msgspec reads it."""
        return tuple[tuple(kind.plain | None for kind in self.kinds)]  # type: ignore[misc]


@contextmanager
def standing_still(database: Database, folder: Path) -> Iterator[Connection]:
    """All of a database at one moment, while others go on writing. Raises Unfit.

    Of a SQLite file a copy is made in the folder for as long, so that its log need not grow.
    """
    if database.is_sqlite:
        with _copied(database, folder) as connection:
            yield connection
        return
    levels = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect().execution_options(**levels) as connection:
        if not keeps_away(connection):
            raise Unfit("A migration is running; try again once it is over.")
        backups.take_your_time(connection)
        yield connection


@contextmanager
def _copied(database: Database, folder: Path) -> Iterator[Connection]:
    with (
        TemporaryDirectory(prefix=".backup-", dir=folder) as here,
        closing(sqlite3.connect(Path(here) / "copy.db", isolation_level=None)) as copy,
    ):
        _copy(database, copy)
        engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        with engine.connect() as connection:
            yield connection


def _copy(database: Database, copy: sqlite3.Connection) -> None:
    try:
        with database.reading_engine.connect() as live:
            driver: Any = live.connection.driver_connection
            driver.backup(copy)  # in one step: in several, each write would make it begin anew
        copy.execute("PRAGMA journal_mode = OFF")
        copy.set_progress_handler(lambda: 0, 1_000_000)  # lets signals be heard meanwhile
        found = [
            copy.execute(f"PRAGMA {check}").fetchmany(3)
            for check in ("integrity_check", "foreign_key_check")
        ]
    except sqlite3.Error as error:
        raise Unfit(f"The SQLite file cannot be copied: {error}.") from error
    if found != [[("ok",)], []]:
        raise Unfit(f"SQLite finds its file damaged: {found}")


@contextmanager
def empty(database: Database, schema: str) -> Iterator[Connection]:
    """A database without tables, given those of this schema; kept whole at the end or not at all.

    Then it is brought up to date. Raises Unfit when there is anything in it.
    """
    with changing(database) as connection:
        if inspect(connection).get_table_names():
            raise Unfit("There are tables in the database already.")
        if not database.is_sqlite:
            backups.take_your_time(connection)
        upgrade(connection, schema)
        yield connection
        if database.is_sqlite and (lost := backups.lost(connection)):
            raise Unfit(f"Rows of {', '.join(lost)} refer to what is not there.")
        upgrade(connection)
        if not database.is_sqlite:
            connection.exec_driver_sql("ANALYZE")


def sources(connection: Connection) -> list[Source]:
    """Every table with rows of ours, each after those its rows refer to. Raises Unfit."""
    found = inspect(connection)
    names = [
        name
        for name, _ in found.get_sorted_table_and_fkc_names()
        if name and name != "alembic_version" and is_modelled(None, name, "table")
    ]
    return [_source(found, name) for name in names]


def _source(found: Inspector, name: str) -> Source:
    # What the database computes by itself it computes again.
    stored = [each for each in found.get_columns(name) if "computed" not in each]
    kinds = tuple(_kind(name, each) for each in stored)
    columns = (column(each["name"], k.stored) for each, k in zip(stored, kinds, strict=True))
    return Source(
        table(name, *columns), kinds, found.get_pk_constraint(name)["constrained_columns"]
    )


def _kind(name: str, found: ReflectedColumn) -> Kind:
    for stored, kind in KINDS:
        if isinstance(found["type"], stored):
            return kind
    raise Unfit(f"{name}.{found['name']} is of a type that backups do not know: {found['type']}.")


def rows(connection: Connection, source: Source) -> Iterator[tuple[Any, ...]]:
    """Each row of a table."""
    return backups.rows(connection, source.table, source.key)


def fill(connection: Connection, source: Source, given: Iterator[list[tuple[Any, ...]]]) -> int:
    """Put rows into an empty table, some at a time; how many it then has. Raises Unfit."""
    if connection.dialect.name == "postgresql":
        _pour(connection, source, chain.from_iterable(given))
    else:
        names = [each.name for each in source.table.c]
        for some in filter(None, given):
            rows = [dict(zip(names, row, strict=True)) for row in some]
            connection.execute(insert(source.table), rows)
    return backups.row_count(connection, source.table)


def _pour(connection: Connection, source: Source, given: Iterator[tuple[Any, ...]]) -> None:
    from psycopg import Error
    from psycopg.types.json import Jsonb

    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(each.name) for each in source.table.c)
    statement = f"COPY {quote(source.table.name)} ({columns}) FROM STDIN"
    documents = {place for place, kind in enumerate(source.kinds) if kind.name == "json"}
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in given:
                copy.write_row(
                    [
                        Jsonb(value) if place in documents and value is not None else value
                        for place, value in enumerate(row)
                    ]
                )
    except Error as error:  # without its detail, which quotes what people wrote
        said = error.diag.message_primary or type(error).__name__
        raise Unfit(f"PostgreSQL does not take the rows of {source.table.name}: {said}.") from None


def last_numbers(connection: Connection) -> dict[str, int]:
    """The last number given in each table; of SQLite nothing, which asks the table itself."""
    return {} if connection.dialect.name == "sqlite" else backups.last_numbers(connection)


def go_on_numbering(connection: Connection, source: Source, last: int) -> None:
    """Number the next row of a table after all it has, and after this one."""
    if connection.dialect.name == "postgresql" and "id" in source.table.c:
        last = max(last, backups.highest_number(connection, source.table))
        if last:
            backups.go_on_from(connection, source.table.name, last)
