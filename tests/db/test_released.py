"""Every schema that was released is brought up to date with its rows; tests/full has them all."""

import hashlib
import signal

import pytest

from db.base import Base
from db.migrate import FOLDER, version
from tests.db.arriving import assert_arrived
from tests.db.interrupting import is_held, killed, migrated, migrating, waits
from tests.db.released import ROWS, known_in, release, stored
from tests.patience import PATIENCE, until

pytestmark = pytest.mark.usefixtures("real_database")

# What is out there is never changed, but followed by another one. The first 12 letters of SHA-256.
RELEASED = {
    "0001": "6f886539d138",
    "0002": "71204769df7a",
    "0003": "a8b8a0eaac37",
    "0004": "0c6650d6bed5",
    "0005": "ea98111d863e",
    "0006": "7b5c03a588d7",
    "0007": "123633c1feac",
    "0008": "4ecabf218138",
    "0009": "438b5aa3d97e",
    "0010": "65daeb5b298c",
    "0011": "7ee4ef06d0b2",
}


def test_what_was_released_stays_as_it_is():
    found = {
        path.name[:4]: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted((FOLDER / "versions").glob("0*.py"))
    }
    assert {number: found.get(number) for number in RELEASED} == RELEASED
    assert all(number > max(RELEASED) for number in found.keys() - RELEASED.keys())


def test_there_are_rows_for_every_column_of_every_table():
    missing = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not any(row.get(column.name) is not None for row in ROWS[table.name])
    ]
    assert not missing
    assert ROWS.keys() == Base.metadata.tables.keys()


def test_killed_half_way_it_is_as_before_and_runs_again(new_database, tmp_path):
    database = new_database()
    release(database, "0001")
    known = known_in(database)
    before = stored(database, known)
    killed(database, tmp_path, at=150)
    assert version(database) == "0001"
    assert stored(database, known) == before
    assert migrated(database, tmp_path) > 150
    assert_arrived(database, known, before, tmp_path)


def test_of_two_nodes_one_dies_half_way_and_the_other_goes_on(new_database, tmp_path):
    database = new_database()
    release(database, "0008")
    known = known_in(database)
    before = stored(database, known)
    dying = migrating(database, tmp_path, at=20, number=signal.SIGSTOP)
    waiting = None
    try:
        until(lambda: is_held(dying))
        waiting = migrating(database, tmp_path)
        until(lambda: waits(waiting, database), unless=lambda: waiting.poll() is not None)
        dying.kill()
        said, _ = waiting.communicate(timeout=PATIENCE)
        assert waiting.returncode == 0, said
    finally:
        for process in filter(None, (dying, waiting)):
            process.kill()
            process.communicate()
    assert_arrived(database, known, before, tmp_path)
