"""Rows on their way into the tables: numbered as they come, written many at a time."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, cast

from sqlalchemy import Column, Table, func, insert, select, text
from sqlalchemy.orm import Session

from db.base import Base

Row = dict[str, Any]
Progress = Callable[[int, int], None]
BATCH = 5_000


class Rows:
    """Collects rows for any table and gives each its number before it is written."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._rows: dict[type[Base], list[Row]] = {}
        self._next: dict[type[Base], int] = {}
        self._blank: dict[type[Base], Row] = {}

    def add(self, model: type[Base], **values: Any) -> int:
        """Keep a row for later; the answer is its number, if its table numbers rows."""
        blank = self._blank.get(model) or self._blanks(model)
        row = {**blank, **values}
        if "id" in blank and "id" not in values:
            row["id"] = self.number(model)
        self._rows[model].append(row)
        return row.get("id") or 0

    def kept(self, model: type[Base]) -> list[Row]:
        """What has been added to a table so far and is not written yet."""
        return self._rows.get(model, [])

    def number(self, model: type[Base]) -> int:
        """The next free number of a table, taken from now on."""
        number = self._next.get(model)
        if number is None:
            number = (self._db.scalar(select(func.max(_table(model).c.id))) or 0) + 1
        self._next[model] = number + 1
        return number

    def write(self, progress: Progress | None = None) -> int:
        """Put everything into the tables, parents first, and say how far it is."""
        total, done = sum(map(len, self._rows.values())), 0
        places = {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
        for model in sorted(self._rows, key=lambda model: places[_table(model)]):
            for some in _batches(self._rows[model]):
                self._db.execute(insert(_table(model)), some)
                done += len(some)
                if progress:
                    progress(done, total)
            self._rows[model] = []
            self._tell_sequence(model)
        return done

    def _blanks(self, model: type[Base]) -> Row:
        # Rows written together need the same names, so what is left out is filled in here.
        self._rows[model] = []
        self._blank[model] = {column.name: _default(column) for column in _table(model).c}
        return self._blank[model]

    def _tell_sequence(self, model: type[Base]) -> None:
        # PostgreSQL's counter does not notice numbers that were chosen by somebody else.
        if model in self._next and self._db.get_bind().dialect.name == "postgresql":
            self._db.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": _table(model).name, "last": self._next[model] - 1},
            )


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some
