"""How a statement is kept from a plan that grows with the database."""

from sqlalchemy import ColumnElement, case


def looked_at(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition, asked of rows that were found by another one.

    SQLite without statistics takes a status for rarer than twenty keys, and would walk along every
    open request to find these.
    """
    return case((condition, 1), else_=0) == 1
