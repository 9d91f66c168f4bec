"""One look at a few rows, for what is asked thousands of times a second.

A session spends ten times as long on such a statement as the database does. Here it is made once,
asked without a session, and is a transaction of its own. It reads, and nothing else.
"""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import Database
from db.made import Made


class Glance:
    """A SELECT of one row, whose values are read as a session would read them."""

    def __init__(self, query: Select[*tuple[Any, ...]]) -> None:
        self.query = query
        self.made: dict[str, Made] = {}

    def at(self, database: Database, **values: Any) -> Any:
        """The row for these values, if there is one.

        None also when the database does not answer: whoever asks goes on by the ordinary way.
        """
        dialect = database.engine.dialect
        made = self.made.get(dialect.name) or self.made.setdefault(
            dialect.name, Made(self.query, dialect, [*values])
        )
        try:
            found = database.glance(made.text, made.asked(values))
        except (SQLAlchemyError, made.failures):
            database.stop_glancing()
            return None
        return None if found is None else made.read(found)
