"""A statement as a driver takes it, made once and asked often.

SQLAlchemy spends ten times as long on handing such a statement on as SQLite does on answering it.
Its values go in and come out by the same types as there.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Enum, Insert, Update
from sqlalchemy.sql.selectable import SelectBase
from sqlalchemy.sql.sqltypes import NumericCommon

Statement = SelectBase | Insert | Update
Processor = Callable[[Any], Any]
NONE: Mapping[str, int] = {}


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names, rename=True)


class Made:
    """Its words, and how to give it its values and to read its rows.

    `names` are those of its values, and `sizes` how many there are of each that is a list.
    """

    def __init__(
        self,
        statement: Statement,
        dialect: Dialect,
        names: Sequence[str],
        sizes: Mapping[str, int] = NONE,
    ) -> None:
        is_sqlite = dialect.name == "sqlite"
        self.failures: Any = dialect.loaded_dbapi.Error
        compiled: Any = statement.compile(dialect=dialect, column_keys=[*names])
        # Of the values that SQLAlchemy finds for itself, the driver knows nothing.
        is_complete = not (compiled.insert_prefetch or compiled.update_prefetch)
        # And of a fraction, how it is read depends on what the server sends.
        kinds = {type(column.type) for column in statement.exported_columns}
        self.is_whole = is_complete and not any(issubclass(kind, NumericCommon) for kind in kinds)
        if not self.is_whole:
            return
        needed = {name for name, bind in compiled.binds.items() if bind.required}
        if unsized := [name for name in needed - sizes.keys() if compiled.binds[name].expanding]:
            # Else it would be taken for an empty one.
            raise TypeError(f"Not a list or tuple: {unsized}.")
        given = {name: [None] * sizes[name] if name in sizes else None for name in needed}
        state = compiled.construct_expanded_state(given)
        self.text: str = state.statement
        self._hand_on(compiled.binds, needed, state, dialect)
        self.row = _row_of([str(column.key) for column in statement.exported_columns])
        self.has_rows = bool(statement.exported_columns)
        is_planned_anew = compiled.execution_options.get("plan_anew")
        self.how = {"prepare": False} if is_planned_anew and not is_sqlite else {}
        self.readers: list[tuple[int, Processor]] = []
        for place, column in enumerate(statement.exported_columns):
            reader = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if reader is not None:
                few = isinstance(column.type, Enum)
                self.readers.append((place, cache(reader) if few else reader))

    def _hand_on(self, binds: Any, needed: set[str], state: Any, dialect: Dialect) -> None:
        """Find out where each value goes: what never changes, what is given, what is sought."""
        order = state.positiontup
        self.same: Any = {} if order is None else [None] * len(order)
        self.given: list[tuple[Any, str, int | None, Processor | None]] = []
        self.sought: dict[str, tuple[Callable[[], Any], Processor | None, list[Any]]] = {}
        lists = {
            part: (name, number)
            for name, parts in state.parameter_expansion.items()
            for number, part in enumerate(parts)
        }
        places = [(part, part) for part in state.parameters] if order is None else enumerate(order)
        for place, part in places:
            name, number = lists.get(part, (part, None))
            bind = binds[name]
            to_driver = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if name in needed:
                self.given.append((place, name, number, to_driver))
            elif bind.callable:
                self.sought.setdefault(name, (bind.callable, to_driver, []))[2].append(place)
            else:
                self.same[place] = _put(state.parameters[part], to_driver)

    def asked(self, values: Mapping[str, Any]) -> Any:
        """These values, as the driver takes them. Raises KeyError where one is missing."""
        all_ = self.same.copy()
        for place, name, number, to_driver in self.given:
            value = values[name] if number is None else values[name][number]
            all_[place] = value if to_driver is None else to_driver(value)
        for seek, to_driver, places in self.sought.values():
            value = _put(seek(), to_driver)  # once: it may be another one the next time
            for place in places:
                all_[place] = value
        return all_

    def read(self, found: Any) -> Any:
        """A row of the driver's, with names."""
        row = list(found)
        for place, reader in self.readers:
            row[place] = reader(row[place])
        return self.row._make(row)


def _put(value: Any, to_driver: Processor | None) -> Any:
    return value if to_driver is None else to_driver(value)
