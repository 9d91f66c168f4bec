"""Rows on their way into the tables: numbered as they come, written many at a time."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, cast

from sqlalchemy import Column, Table, func, insert, select, text
from sqlalchemy.orm import Session

from db.base import Base

Row = dict[str, Any]
Progress = Callable[[int, int], None]
BATCH = 2_000


class Rows:
    """Collects rows for any table and gives each its number before it is written."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._rows: dict[Table, list[Row]] = {}
        self._next: dict[Table, int] = {}
        self._blank: dict[Table, Row] = {}

    def add(self, model: type[Base], **values: Any) -> int:
        """Keep a row for later; the answer is its number, if its table numbers rows."""
        table = cast(Table, model.__table__)
        row = self._blanks(table) | values
        if "id" in table.c and "id" not in values:
            row["id"] = self._number(table)
        self._rows.setdefault(table, []).append(row)
        return int(row.get("id", 0))

    def write(self, progress: Progress | None = None) -> int:
        """Put everything into the tables, parents first, and say how far it is."""
        total, done = sum(map(len, self._rows.values())), 0
        for table in Base.metadata.sorted_tables:
            for some in _batches(self._rows.pop(table, [])):
                self._db.execute(insert(table), some)
                done += len(some)
                if progress:
                    progress(done, total)
            self._tell_sequence(table)
        return done

    def _blanks(self, table: Table) -> Row:
        # Rows written together need the same names, so what is left out is filled in here.
        if table not in self._blank:
            self._blank[table] = {
                column.name: _default(column) for column in table.c if column.name != "id"
            }
        return self._blank[table]

    def _number(self, table: Table) -> int:
        if table not in self._next:
            self._next[table] = (self._db.scalar(select(func.max(table.c.id))) or 0) + 1
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def _tell_sequence(self, table: Table) -> None:
        # PostgreSQL's counter does not notice numbers that were chosen by somebody else.
        if table in self._next and self._db.get_bind().dialect.name == "postgresql":
            self._db.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": table.name, "last": self._next[table] - 1},
            )


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some
