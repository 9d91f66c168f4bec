"""A table once more in the same statement, safe to be read by several threads."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import aliased

from db.base import Base

T = TypeVar("T", bound=Base)


def another(model: type[T]) -> type[T]:
    """The same table under a name of its own.

    SQLAlchemy fills the index it finds a column of an alias by when the first one is looked up. A
    second thread that comes meanwhile does not find the last ones, and keeps those of the table
    itself in their place for good: every statement then joins everybody. So it is filled here.
    """
    other = aliased(model)
    columns = inspect(other).selectable.c
    columns.corresponding_column(next(iter(model.__table__.c)))
    return other
