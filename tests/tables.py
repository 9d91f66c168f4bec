"""Everything that is stored, to be compared with what was stored before."""

from typing import Any

from sqlalchemy import select

from db.base import Base


def rows(db: Any) -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, each value as it is written in Python."""
    db.commit()
    return {
        table.name: sorted(tuple(map(repr, row)) for row in db.execute(select(table)))
        for table in Base.metadata.sorted_tables
    }
