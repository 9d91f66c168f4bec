"""The one way lists are paged: by where the last row stood, so page 500 costs what page 1 costs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, BindParameter, ColumnElement, Select, and_, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.statements import KEPT, ask
from db.types import EPOCH

T = TypeVar("T")
Key = Sequence[InstrumentedAttribute[Any] | ColumnElement[Any]]

SIZE = 20


class WrongCursor(ValueError):
    """An address names a place in a list that no list of ours has."""


class Found(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list; `next` is the cursor of the following one, None on the last."""

    items: list[T]
    next: str | None


def page(
    db: Session,
    query: Select[*tuple[Any, ...]],
    *,
    key: Key,
    make: Callable[..., T],
    after: str | None = None,
    size: int = SIZE,
    rising: bool = False,
    values: Mapping[str, Any] | None = None,
) -> Found[T]:
    """Rows of `query` from the largest `key` down, beginning behind the cursor `after`.

    `make` gets the columns of a row; `key` is datetimes and integers that together are unique.
    With `rising`, from the smallest up. `values` are what the parameters of a query stand for that
    is made once: so is its first page then. Raises WrongCursor for nonsense.
    """
    if after:
        query = query.where(behind(key, cursor_values(after, key), rising=[rising] * len(key)))
    write = _in_order if after or values is None else _kept_in_order
    rows = ask(db, write(query, tuple(key), size, rising), **values or {}).all()
    return page_of(rows, width=len(key), make=make, size=size)


def _in_order(
    query: Select[*tuple[Any, ...]], key: Key, size: int, rising: bool
) -> Select[*tuple[Any, ...]]:
    order = [column.asc() if rising else column.desc() for column in key]
    return query.add_columns(*key).order_by(*order).limit(size + 1)


_kept_in_order = lru_cache(KEPT)(_in_order)


def gathered(
    db: Session,
    queries: Iterable[Select[*tuple[Any, ...]]],
    *,
    width: int,
    make: Callable[..., T],
    size: int = SIZE,
    viewer_id: int | None = None,
) -> Found[T]:
    """A page of lists that follow each other, each in order and from where the page begins.

    The last `width` columns of each are its key, of which cursors are made.
    """
    rows: list[Any] = []
    for query in queries:
        rows += ask(db, query.limit(size + 1 - len(rows)), viewer=viewer_id).all()
        if len(rows) > size:
            break
    return page_of(rows, width=width, make=make, size=size)


def page_of(
    rows: Sequence[Any], *, width: int, make: Callable[..., T], size: int = SIZE
) -> Found[T]:
    """A page of rows that have been read, up to one more than it holds; the key comes last."""
    cursor = _cursor(rows[size - 1][-width:]) if len(rows) > size else None
    return Found([make(*row[:-width]) for row in rows[:size]], cursor)


def behind(key: Key, last: Sequence[Any], *, rising: Sequence[bool]) -> ColumnElement[bool]:
    """What comes behind the row with these values, in an order that may turn with each column."""
    if len(set(rising)) == 1:
        here, there = tuple_(*key), tuple_(*last)
        return here > there if rising[0] else here < there
    column, value = key[0], last[0]
    later = column > value if rising[0] else column < value
    near = column >= value if rising[0] else column <= value
    return and_(near, or_(later, behind(key[1:], last[1:], rising=rising[1:])))


def _cursor(values: Sequence[datetime | int]) -> str:
    return "-".join(
        str((value - EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else value)
        for value in values
    )


def cursor_values(cursor: str, key: Key) -> list[BindParameter[Any]]:
    """What a cursor says of each column of the key. Raises WrongCursor for nonsense."""
    parts = cursor.split("-")
    if len(parts) != len(key) or not all(part.isascii() and part.isdigit() for part in parts):
        raise WrongCursor(cursor)
    return [
        literal(_value(part, column), column.type) for part, column in zip(parts, key, strict=True)
    ]


def _value(part: str, column: Any) -> datetime | int:
    number = int(part) if len(part) < 20 else 2**63
    if column.type.python_type is datetime:
        try:
            return EPOCH + timedelta(microseconds=number)
        except OverflowError:
            raise WrongCursor(part) from None
    # PostgreSQL fails on a number that the column could not hold.
    if number >= (2**63 if isinstance(column.type, BigInteger) else 2**31):
        raise WrongCursor(part)
    return number
