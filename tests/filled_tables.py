"""A row or two in every table, with something odd in every column: for what copies all of them."""

import enum
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, LargeBinary, Table, insert

from db.base import Base
from db.types import Instant

WHEN = datetime(2026, 3, 29, 0, 59, 59, 999_999, UTC)
ODD = 'é\n"\\\u2028\t🦜 العربية'


def fill(db: Any, *, times: int = 1) -> None:
    """The second row of a pair leaves out what may be left out."""
    for table in Base.metadata.sorted_tables:
        for number in range(1, 2 * times + 1):
            row = {column.name: value(table, column, number) for column in table.c}
            db.execute(insert(table).values(**row))


def value(table: Table, column: Column, number: int) -> Any:
    if column.foreign_keys:
        if column.nullable and number % 2 == 0:
            return None
        # The two who have to do with a thing are never the same.
        second = column.name in ("coach_id", "about_id", "blocked_id", "related_id")
        return number + (1 if number % 2 else -1) if second else number
    if column.nullable and not number % 2 and not column.primary_key:
        return None
    return of_type(column, number)


def of_type(column: Column, number: int) -> Any:
    kind = column.type
    if isinstance(kind, Enum):
        return next(iter(enum_of(column)))
    if isinstance(kind, Boolean):
        return bool(number % 2)
    if isinstance(kind, Instant):
        return WHEN + timedelta(microseconds=number)
    if isinstance(kind, Date):
        return date(1, 1, number)
    if isinstance(kind, JSON):
        return {ODD: [1, None, True, 2**53, -0.5, {"": ODD}]}
    if isinstance(kind, LargeBinary):
        return bytes(range(256)) * 3 + bytes([number])
    if isinstance(kind, Integer):
        return number
    return f"{number}{ODD}"[: getattr(kind, "length", None) or 99]


def enum_of(column: Column) -> type[enum.Enum]:
    return column.type.enum_class
