"""One look at a few rows, for what is asked thousands of times a second.

A session spends ten times as long on such a statement as the database does. Here it is made once,
asked without a session, and is a transaction of its own. It reads, and nothing else.
"""

from collections import namedtuple
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Enum, Select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import Database

Reader = Callable[[Any], Any]


class Glance:
    """A SELECT of one row, whose values are read as a session would read them."""

    def __init__(self, query: Select[*tuple[Any, ...]]) -> None:
        self.query = query
        self.made: dict[str, _Made] = {}

    def at(self, database: Database, **values: Any) -> Any:
        """The row for these values (numbers and bytes, as the driver takes them), if there is one.

        None also when the database does not answer: whoever asks goes on by the ordinary way.
        """
        dialect = database.engine.dialect
        made = self.made.get(dialect.name) or self.made.setdefault(
            dialect.name, _Made(self.query, dialect)
        )
        try:
            return made.read(database.glance(made.text, made.asked(values)))
        except (SQLAlchemyError, made.failures):
            database.stop_glancing()
            return None


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names)


class _Made:
    def __init__(self, query: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        compiled = query.compile(dialect=dialect)
        names = [name for name, bind in compiled.binds.items() if bind.required]
        made = compiled.construct_expanded_state(dict.fromkeys(names))
        self.failures: type[Exception] = dialect.loaded_dbapi.Error
        self.text = made.statement
        self.order = made.positiontup
        self.constants = {name: made.parameters[name] for name in made.parameters.keys() - names}
        self.row = _row_of([str(column.key) for column in query.selected_columns])
        self.readers: list[tuple[int, Reader]] = []
        for place, column in enumerate(query.selected_columns):
            reader = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if reader is not None:
                few = isinstance(column.type, Enum)
                self.readers.append((place, cache(reader) if few else reader))

    def asked(self, values: dict[str, Any]) -> Any:
        values = {**self.constants, **values}
        return values if self.order is None else [values[name] for name in self.order]

    def read(self, found: Any) -> Any:
        if found is None:
            return None
        row = list(found)
        for place, reader in self.readers:
            row[place] = reader(row[place])
        return self.row._make(row)
