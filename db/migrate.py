"""Bringing a database up to date: safe when many processes start at once, and quick when it is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from db.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"

# Any number will do, as long as every node of Skileez uses the same one.
_LOCK = 7_534_533_901


def migrate(database: Database) -> None:
    """Run the migrations this database has not seen yet."""
    now, newest = version(database), newest_version()
    if now == newest:
        return
    if now is not None and now > newest:
        raise RuntimeError(f"The database is at {now}; this version of Skileez knows {newest}.")
    with changing(database) as connection:
        upgrade(connection)


def version(database: Database) -> str | None:
    """The last migration a database has seen; None before the first."""
    with database.reading_engine.connect() as connection:
        return version_of(connection)


def version_of(connection: Connection) -> str | None:
    """The same, asked of a connection that is open already."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def newest_version() -> str:
    return max(versions())


def versions() -> set[str]:
    # By file name: loading Alembic costs more than everything else an up-to-date start does.
    return {path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py")}


def has_drift(database: Database) -> bool:
    """Whether the tables differ from what the models say."""
    return bool(drift(database))


def drift(database: Database) -> list[str]:
    """Each difference between the tables and the models."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    import db.models  # noqa: F401
    from db.base import Base

    with database.reading_engine.connect() as connection:
        options = {"compare_type": True, "include_object": is_modelled}
        context = MigrationContext.configure(connection, opts=options)
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


# FTS5's tables, and those it keeps beside them.
PART = re.compile(r"messages_\d+")  # of a large table, as docs/scaling.md makes them
SEARCHES = ("request_search", "request_titles", "coach_search", "coach_titles", "message_search")
SUMS = ("rating_sums",)  # by triggers, from the rows of other tables


def is_modelled(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    """Whether models know of it: what databases make of other rows by themselves, they do not."""
    if kind == "table":
        return not (name or "").startswith(SEARCHES + SUMS) and not PART.fullmatch(name or "")
    if kind == "index":
        return not (name or "").startswith("ix_") or not (name or "").endswith("_search")
    return kind != "column" or name != "search"


def revision(database: Database, message: str) -> Path:
    """Write the next migration, from what the models have and an up-to-date database has not."""
    from alembic import command
    from alembic.script import Script

    number = f"{int(newest_version()) + 1:04}"
    with database.reading_engine.connect() as connection:
        config = _config(connection)
        script = command.revision(config, message, autogenerate=True, rev_id=number)
    if not isinstance(script, Script):
        raise TypeError("Alembic wrote no migration, or several.")
    return Path(script.path)


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """One transaction in which tables may change, while no other node changes them."""
    if database.is_sqlite:
        with database.write_lock(), _rebuilding(database) as connection:
            yield connection
        return
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def keeps_away(connection: Connection) -> bool:
    """Let no node of PostgreSQL migrate until this transaction ends; whether none does now."""
    # A migration that met the locks of a long look at all tables would make the site wait as well.
    statement = text("SELECT pg_try_advisory_xact_lock_shared(:key)")
    return bool(connection.scalar(statement, {"key": _LOCK}))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations up to this one, in the transaction that `changing` gave."""
    from alembic import command

    command.upgrade(_config(connection), to)


@contextmanager
def _rebuilding(database: Database) -> Iterator[Connection]:
    connection = database.engine.connect()
    try:
        # A changed table is rebuilt, and dropping the old one would delete what refers to
        # it. The switch does nothing inside a transaction, so it comes before; the
        # connection is thrown away afterwards.
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"A migration left rows that refer to nothing: {broken}")
    finally:
        connection.invalidate()
        connection.close()


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
