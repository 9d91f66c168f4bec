"""Databases as earlier versions left them: the schema of a migration, rows in all its tables."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, Table, func, insert, select, text

from db.engine import Database
from db.migrate import FOLDER, changing, is_modelled, upgrade

# Part of the demo world, and by hand what has no place in it; a schema takes what it has room for.
ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("released.json").read_text(encoding="utf-8")
)
NUMBERS = sorted(path.name[:4] for path in (FOLDER / "versions").glob("0*.py"))
Rows = dict[str, set[tuple[str, ...]]]


def release(database: Database, number: str) -> None:
    """Bring an empty database to this migration, and fill it."""
    with changing(database) as connection:
        upgrade(connection, number)
    with database.write_lock(), database.engine.begin() as connection:
        for table in tables(connection).sorted_tables:
            if table.name != "alembic_version":
                connection.execute(insert(table), [_row(table, one) for one in ROWS[table.name]])
                _count_on(connection, table)


def tables(connection: Any) -> MetaData:
    """The tables as they are there, whatever the models say."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: is_modelled(None, name, "table"))
    return found


def stored(database: Database, known: MetaData) -> Rows:
    """Every row of these tables, in their columns, as text."""
    with database.reading_engine.connect() as connection:
        return {
            table.name: {tuple(map(repr, row)) for row in connection.execute(select(table))}
            for table in known.sorted_tables
            if table.name != "alembic_version"
        }


def known_in(database: Database) -> MetaData:
    """The tables as they are now, without what searches look into: that is made of the rest."""
    with database.reading_engine.connect() as connection:
        found = tables(connection)
    for table in found.tables.values():
        for column in list(table.columns):
            if column.name.startswith("search"):
                table._columns.remove(column)
    return found


def _row(table: Table, one: dict[str, Any]) -> dict[str, Any]:
    return {
        column.name: _value(column.type, one[column.name])
        for column in table.columns
        if column.name in one
    }


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return bytes.fromhex(value) if isinstance(kind, LargeBinary) else value


def _count_on(connection: Any, table: Table) -> None:
    # Ids were given here; PostgreSQL would begin with 1 again.
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        last = connection.scalar(select(func.max(table.c.id)))
        given = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        connection.execute(given, {"table": table.name, "last": last})
