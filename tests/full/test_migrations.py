"""Every released schema, on both databases, is brought up to date, also after being killed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db.engine import Database
from db.migrate import newest_version, version
from tests import postgres
from tests.databases import Clones, Files
from tests.db.arriving import assert_arrived
from tests.db.interrupting import killed, migrated, migrating
from tests.db.released import NUMBERS, known_in, release, stored
from tests.patience import until

pytestmark = pytest.mark.full

POINTS = 6  # it is killed after one, two, … five sixths of what it has to do
# Each is changed by a later migration than the one before, from 0002 to 0009.
CHANGED = ("accounts", "coach_profiles", "bookmarks", "learning_requests", "threads", "proposals")


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def makers(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Any]:
    if request.param == "sqlite":
        yield Files(tmp_path_factory.mktemp("databases"))
        return
    with server() as folder:
        yield Clones(folder)


@pytest.fixture
def empty_database(makers: Any) -> Iterator[Callable[[], Database]]:
    with makers.several() as make:
        yield make


@contextmanager
def server() -> Iterator[str]:
    running = postgres.Server()
    try:
        yield str(running.folder)
    finally:
        running.stop()


@pytest.mark.parametrize("number", NUMBERS)
def test_it_is_brought_up_to_date_also_after_being_killed(
    number: str, empty_database: Callable[[], Database], tmp_path: Path
) -> None:
    database = empty_database()
    release(database, number)
    known = known_in(database)
    before = stored(database, known)
    statements = migrated(database, tmp_path)
    assert_arrived(database, known, before, tmp_path)

    database = empty_database()
    release(database, number)
    for point in range(1, POINTS):
        killed(database, tmp_path, at=statements * point // POINTS)
        # One transaction, all of it or nothing. The skills of a version come in one of their own.
        if version(database) != number:
            break
        assert number == newest_version() or stored(database, known) == before
    assert version(database) in (number, newest_version())
    migrated(database, tmp_path)
    assert_arrived(database, known, before, tmp_path)


@pytest.mark.parametrize("table", CHANGED)
def test_it_is_killed_while_postgresql_waits_for_a_table(table: str, tmp_path: Path) -> None:
    with server() as folder, Clones(folder).database(migrated=False) as database:
        release(database, "0001")
        known = known_in(database)
        before = stored(database, known)
        with database.engine.begin() as reader:
            reader.execute(text(f"LOCK TABLE {table} IN ACCESS SHARE MODE"))
            process = migrating(database, tmp_path)
            until(
                lambda: others(database, "wait_event_type = 'Lock'"),
                unless=lambda: process.poll() is not None,
            )
            process.kill()
            process.communicate()
        until(lambda: not others(database, "state != 'idle'"))
        assert version(database) == "0001"
        assert stored(database, known) == before
        migrated(database, tmp_path)
        assert_arrived(database, known, before, tmp_path)


def others(database: Database, which: str) -> int:
    """How many connections of other processes are like this."""
    counted = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        f" AND backend_type = 'client backend' AND pid != pg_backend_pid() AND {which}"
    )
    with database.reading_engine.connect() as connection:
        return connection.scalar(text(counted)) or 0
