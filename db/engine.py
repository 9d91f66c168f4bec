"""The one door to the database: sessions that read, sessions that write, the lock of writers."""

import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session

from db.addresses import asks_for_pgbouncer, normalised
from db.sqlite import BUSY_TIMEOUT, locked_in_turn, sqlite_engine


class Timeouts(msgspec.Struct, frozen=True):
    """How many seconds PostgreSQL lets a connection take before it calls the transaction off.

    SQLite has BUSY_TIMEOUT for its one lock; what it reads is bounded by the questions asked.
    """

    statement: float
    lock: float
    idle: float  # in a transaction, without a statement: whoever holds locks meanwhile is stuck


# Nobody waits longer for a page. A job has more to do, and is tried again.
OF_THE_SITE = Timeouts(statement=10, lock=5, idle=30)
OF_JOBS = Timeouts(statement=300, lock=30, idle=300)


# A machine that is gone says no goodbye: its answer is waited for so long, and not for a quarter
# of an hour, as systems do by themselves. In seconds; only the last is in milliseconds.
LINES: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
# Nor does a node that is gone, whose locks a server keeps: two hours, if it is not asked for less.
OUR_LINES = {"idle": 4, "interval": 2, "count": 2}


class Database:
    """A SQLite file or a PostgreSQL database. Nothing is opened before it is first needed."""

    engine: Engine
    reading_engine: Engine

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 5,
        max_overflow: int = 5,
        pool_timeout: float = 10,
        pool_recycle: int = 1800,
        timeouts: Timeouts | None = None,
        name: str = "",
    ) -> None:
        self.url = normalised(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._locks = [Path(f"{self.url.database}{end}") for end in (".turn.lock", ".lock")]
        self._threads = threading.Lock()
        self._outer: Connection | None = None
        self._glancing: Connection | None = None
        self._cursor: Any = None
        pool = {
            "pool_size": pool_size,
            "max_overflow": max_overflow,
            "pool_timeout": pool_timeout,
        }
        if self.is_sqlite:
            # Two pools, so that a connection that reads can never be one that writes.
            self.engine = sqlite_engine(self.url, writes=True, **pool)
            self.reading_engine = sqlite_engine(self.url, writes=False, **pool)
        else:
            shared = asks_for_pgbouncer(url)
            pool["pool_recycle"] = pool_recycle
            self.engine = _postgresql_engine(self.url, timeouts, name, shared=shared, **pool)
            self.reading_engine = self.engine.execution_options(postgresql_readonly=True)

    def session(self, write: bool) -> Session:
        """A session, in a transaction from its first statement on; a reading one cannot write."""
        engine = self.engine if write else self.reading_engine
        db = Session(
            self._outer or engine,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )
        if self._outer is not None and not write:
            _refuse_writes(db)
        return db

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking only, outside a web request."""
        with self.session(write=False) as db:
            yield db

    def glance(self, statement: str, values: Any) -> Any:
        """The one row of a driver's statement that only reads, or None; see db/glance.py.

        Asked by one thread at a time, on a connection kept for it, outside any transaction.
        """
        if self._outer is not None:
            given = tuple(values) if isinstance(values, list) else values
            return self._outer.exec_driver_sql(statement, given).one_or_none()
        if self._glancing is None:
            connection = self.reading_engine.connect()
            self._glancing = connection.execution_options(isolation_level="AUTOCOMMIT")
            self._cursor = self._glancing.connection.cursor()  # each new one costs psycopg 12 µs
        # All rows, so that SQLite does not take the statement for one that goes on.
        self._cursor.execute(statement, values)
        rows = self._cursor.fetchall()
        return rows[0] if rows else None

    def stop_glancing(self) -> None:
        """Let go of the connection kept for it, which may be broken."""
        connection, self._glancing = self._glancing, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction outside a web request: kept whole at the end, or not at all."""
        with self.write_lock(), self.session(write=True) as db, db.begin():
            yield db

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Wait to be the only writer of a SQLite file; PostgreSQL needs no such queue."""
        if not self.is_sqlite:
            yield
            return
        # SQLite lets waiting writers race, and some starve. This queue is fair, and shared by
        # all processes. A second lock by the same thread would wait for itself, hence the limit.
        if not self._threads.acquire(timeout=BUSY_TIMEOUT / 1000):
            raise TimeoutError("Another write is taking too long.")
        try:
            with locked_in_turn(*self._locks):
                yield
        finally:
            self._threads.release()

    def joined(self, connection: Connection) -> "Database":
        """The same database with every session a savepoint in a transaction already begun."""
        twin = copy(self)
        twin._outer = connection
        return twin

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self.stop_glancing()
        self.reading_engine.dispose()
        self.engine.dispose()


def _postgresql_engine(
    url: URL, timeouts: Timeouts | None, name: str, *, shared: bool, **pool: Any
) -> Engine:
    from psycopg import RawCursor, RawServerCursor  # see db/addresses.py

    arguments = {key: value for key, value in LINES.items() if key not in url.query}
    # Takes $1 as the server does. The usual one looks for %s in every long statement anew.
    arguments["cursor_factory"] = RawCursor
    if name:
        arguments["application_name"] = name
    if shared:
        arguments["prepare_threshold"] = None
    engine = create_engine(
        url, pool_pre_ping=shared, connect_args=arguments, hide_parameters=True,
        paramstyle="numeric_dollar", **pool,
    )  # fmt: skip
    wishes = "; ".join(_wishes(timeouts))

    def wish(connection: Any, _: Any) -> None:
        # By statement: connection poolers refuse the same wish as a start-up option.
        connection.autocommit = True
        connection.execute(wishes)
        connection.autocommit = False
        connection.server_cursor_factory = RawServerCursor

    event.listen(engine, "connect", wish)
    if not shared:
        event.listen(engine, "checkout", _refuse_hung_up)
    return engine


def _refuse_hung_up(connection: Any, record: Any, _: Any) -> None:
    """Let the pool connect anew where the server has ended the line meanwhile.

    Whoever says goodbye, or dies, leaves something to read on a line that was silent. To see that
    costs a tenth of asking, on every page; but who stands between, as PgBouncer, has to be asked.
    """
    if record.info.setdefault("is_new", True):
        record.info["is_new"] = False
        return
    line = select.poll()
    if not connection.closed:
        line.register(connection.fileno(), select.POLLIN)
    if connection.closed or line.poll(0):
        raise InvalidatePoolError


def _wishes(timeouts: Timeouts | None) -> Iterator[str]:
    yield "SET TIME ZONE 'UTC'"
    for name, value in OUR_LINES.items():
        yield f"SET tcp_keepalives_{name} = {value}"
    # What is acknowledged stays, also where a server is told to hurry. More than that it may do.
    yield (
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    if timeouts is not None:
        yield f"SET statement_timeout = {round(timeouts.statement * 1000)}"
        yield f"SET lock_timeout = {round(timeouts.lock * 1000)}"
        yield f"SET idle_in_transaction_session_timeout = {round(timeouts.idle * 1000)}"


def _refuse_writes(db: Session) -> None:
    # Inside somebody else's transaction the connection cannot be a reading one, so it becomes
    # one for as long as this session's savepoint lives (PostgreSQL lifts it by itself).
    def forbid(_: Session, __: Any, connection: Connection) -> None:
        sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql(
            "PRAGMA query_only = 1" if sqlite else "SET LOCAL transaction_read_only = on"
        )

    def allow(_: Session, transaction: Any) -> None:
        bind = db.bind
        if (
            isinstance(bind, Connection)
            and bind.dialect.name == "sqlite"
            and not transaction.nested
        ):
            bind.exec_driver_sql("PRAGMA query_only = 0")

    event.listen(db, "after_begin", forbid)
    event.listen(db, "after_transaction_end", allow)
