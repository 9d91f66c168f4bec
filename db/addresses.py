"""Database addresses as people and hosts write them, brought into the form the engine opens."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_SQLITE = ("sqlite", "sqlite+pysqlite")
_EXPECTED = "Use sqlite:///path/to/file.db or postgresql://user:password@host/name."


def normalised(address: str) -> URL:
    """The address with our driver, an absolute path, and only parameters the driver knows."""
    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        # The address stays out of the sentence and out of the trace: it holds a password.
        raise ValueError(f"The database address cannot be read. {_EXPECTED}") from None
    if url.drivername in _POSTGRESQL:
        return _postgresql(url)
    if url.drivername in _SQLITE:
        return _sqlite(url)
    raise ValueError(f"{url.drivername!r} is not a database we can use. {_EXPECTED}")


def asks_for_pgbouncer(address: str) -> bool:
    """Whether a host says that its connections are shared, so that nothing may be kept on them."""
    return make_url(address.strip()).query.get("pgbouncer") == "true"


def _postgresql(url: URL) -> URL:
    # Here, because an installation on SQLite never needs the library loaded.
    from psycopg.pq import Conninfo

    # Else what follows it would be taken for the host, and said in every error.
    if "@" in f"{url.host}{url.database}":
        raise ValueError(f"In its name and password @ is written %40 and / is %2F. {_EXPECTED}")
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    query = {name: value for name, value in url.query.items() if name in known}
    return url.set(drivername="postgresql+psycopg", query=query)


def _sqlite(url: URL) -> URL:
    if url.host or not url.database or url.database == ":memory:":
        raise ValueError(f"A SQLite address names a file, after three slashes. {_EXPECTED}")
    path = Path(url.database).expanduser().absolute()
    return URL.create("sqlite+pysqlite", database=str(path))
