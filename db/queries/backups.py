"""Every row of any table, as it is stored: for backups, which must not depend on the models."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, TableClause, func, select, text

BATCH = 1_000  # rows fetched at once, so that memory stays flat

UNHURRIED = text(
    "SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN"
    " ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')"
)
LAST_NUMBERS = text(
    "SELECT table_name, pg_sequence_last_value("
    "pg_get_serial_sequence(quote_ident(table_name), column_name)::regclass)"
    " FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"
)
GO_ON = text("SELECT setval(pg_get_serial_sequence(quote_ident(:table), 'id'), :last)")


def rows(connection: Connection, table: TableClause, order: list[str]) -> Iterator[tuple[Any, ...]]:
    """Each row of a table, in the order of these columns."""
    query = select(table).order_by(*(table.c[name] for name in order))
    for row in connection.execution_options(yield_per=BATCH).execute(query):
        yield tuple(row)


def row_count(connection: Connection, table: TableClause) -> int:
    """How many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def take_your_time(connection: Connection) -> None:
    """No limit of PostgreSQL's ends this transaction, however long it takes."""
    connection.execute(UNHURRIED)


def last_numbers(connection: Connection) -> dict[str, int]:
    """The last number PostgreSQL gave to a row of each table that is numbered by itself."""
    return {name: last for name, last in connection.execute(LAST_NUMBERS) if last is not None}


def go_on_from(connection: Connection, table: str, last: int) -> None:
    """Let PostgreSQL number the next row of a table after this one."""
    connection.execute(GO_ON, {"table": table, "last": last})


def lost(connection: Connection) -> list[str]:
    """The tables of a SQLite file with rows that refer to what is not there."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return sorted({name for name, *_ in found})


def highest_number(connection: Connection, table: TableClause) -> int:
    """The highest `id` in a table; 0 when it is empty."""
    return connection.scalar(select(func.max(table.c.id))) or 0
