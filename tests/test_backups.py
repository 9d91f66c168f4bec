"""A backup holds everything, harms nothing, and is believed only when it is whole."""

import random
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.backups import MANIFEST, Trouble, back_up, checked, restore
from app.clock import now
from db import backups
from db.backups import sources, standing_still
from db.engine import Database, Timeouts
from db.migrate import SEARCHES, changing, drift, newest_version, upgrade, version
from db.models.accounts import Account, Side
from db.models.threads import Thread
from db.queries import message_searches
from db.search_terms import read_terms
from tests.factories import (
    make_account,
    make_coach,
    make_message,
    make_request,
    make_student,
    make_thread,
)
from tests.filled_tables import fill
from tests.tables import rows


@pytest.fixture
def full(real_database: Database) -> Database:
    """A database with rows in every table."""
    with real_database.writing() as db:
        fill(db, times=2)
    return real_database


@pytest.fixture
def file(full: Database, tmp_path: Path) -> Path:
    """Its backup."""
    back_up(full, tmp_path / "site.zip")
    return tmp_path / "site.zip"


def stored(database: Database) -> dict[str, list[tuple[str, ...]]]:
    with database.reading() as db:
        return rows(db)


def is_untouched(database: Database) -> bool:
    with database.reading_engine.connect() as connection:
        return not inspect(connection).get_table_names()


# There and back.


def test_everything_goes_from_one_kind_of_database_into_the_other_and_back(
    full, file, new_database, tmp_path
):
    grown = Database(f"sqlite:///{tmp_path}/other/skileez.db")
    restore(grown, file)
    back_up(grown, tmp_path / "grown.zip")
    again = new_database()
    restore(again, tmp_path / "grown.zip")
    grown.dispose()
    assert stored(again) == stored(grown) == stored(full)
    assert all(len(found) == 4 for found in stored(again).values())
    assert not drift(again)
    grown.dispose()


def test_it_says_what_is_in_it(full, file):
    manifest = checked(file)
    assert manifest.schema == newest_version()
    assert manifest.engine == ("sqlite" if full.is_sqlite else "postgresql")
    assert manifest.product.startswith("Skileez 0.")
    assert {part.table: part.rows for part in manifest.parts} == {
        name: len(found) for name, found in stored(full).items()
    }
    with zipfile.ZipFile(file) as packed:
        assert not packed.testzip()
        assert msgspec.json.decode(packed.read(MANIFEST))["parts"][0]["columns"]["id"] == "integer"


def test_a_restored_site_goes_on_and_is_searched_as_before(real_database, new_database, tmp_path):
    with real_database.writing() as db:
        sofia, carla = make_student(db), make_coach(db)
        thread = make_thread(db, sofia, carla)
        make_message(db, thread, carla, "The blue notebook, if you please")
        make_request(db, sofia, title="Blue notebooks in Spanish")
    back_up(real_database, tmp_path / "site.zip")
    database = new_database()
    restore(database, tmp_path / "site.zip")
    with database.writing() as db:
        again = db.get(Thread, thread.id)
        make_message(db, again, carla, "And the red notebook")
        wanted = read_terms("notebook")
        hits = message_searches.messages(db, sofia.id, Side.STUDENT, wanted, at=now())
        assert [hit.words for hit in hits.items] == [
            "And the red notebook", "The blue notebook, if you please",
        ]  # fmt: skip
        if database.is_sqlite:
            for name in SEARCHES:
                db.execute(text(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')"))
            assert db.scalar(text("SELECT count(*) FROM request_search")) == 1


@pytest.mark.parametrize("deed", ["UPDATE ledger_lines SET amount = 5", "DELETE FROM ledger_lines"])
def test_a_restored_ledger_still_only_grows(file, new_database, deed):
    database = new_database()
    restore(database, file)
    with pytest.raises(DBAPIError, match="only grows"), database.writing() as db:
        db.execute(text(deed))


def test_numbers_are_never_given_twice(real_database, new_database, tmp_path):
    with real_database.writing() as db:
        gone = make_account(db).id
        db.execute(delete(Account))
    back_up(real_database, tmp_path / "site.zip")
    database = new_database()
    restore(database, tmp_path / "site.zip")
    with database.writing() as db:
        # SQLite itself gives the number of a last row again once that is gone.
        assert make_account(db).id == (gone if database.is_sqlite else gone + 1)


def test_an_older_schema_is_restored_and_brought_up_to_date(new_database, tmp_path):
    old = new_database()
    with changing(old) as connection:
        upgrade(connection, "0006")
        connection.exec_driver_sql(
            "INSERT INTO skills (id, name, folded, topic, created_at)"
            " VALUES (7, 'Fado', 'fado', '', '2026-01-02 03:04:05')"
        )
    back_up(old, tmp_path / "old.zip")
    assert checked(tmp_path / "old.zip").schema == version(old) == "0006"
    new = new_database()
    restore(new, tmp_path / "old.zip")
    assert version(new) == newest_version()
    assert [skill[1] for skill in stored(new)["skills"]] == ["'Fado'"]


def test_a_backup_is_of_one_moment(real_database, tmp_path):
    with standing_still(real_database, tmp_path) as connection:
        accounts = next(each for each in sources(connection) if each.table.name == "accounts")
        with real_database.writing() as db:
            make_account(db)
        assert [*backups.rows(connection, accounts)] == []
    assert len(stored(real_database)["accounts"]) == 1
    assert [*tmp_path.iterdir()] == []


def test_a_migration_and_a_backup_wait_for_each_other(real_database, tmp_path):
    if real_database.is_sqlite:  # there they do not meet: what is copied is a file
        with changing(real_database):
            assert back_up(real_database, tmp_path / "site.zip").schema == newest_version()
        return
    with changing(real_database), pytest.raises(Trouble, match="migration is running"):
        back_up(real_database, tmp_path / "site.zip")
    hasty = Database(
        real_database.url.render_as_string(hide_password=False),
        timeouts=Timeouts(statement=60, lock=0.1, idle=60),
    )
    with (
        standing_still(real_database, tmp_path),
        pytest.raises(OperationalError, match="lock timeout"),
        changing(hasty),
    ):
        pytest.fail("a migration came in between")
    hasty.dispose()


# What is refused.


def test_nothing_is_replaced(full, file):
    before = file.read_bytes()
    with pytest.raises(Trouble, match="there already"):
        back_up(full, file)
    assert file.read_bytes() == before


def test_a_restore_wants_an_empty_database(full, file):
    before = stored(full)
    with pytest.raises(Trouble, match="tables in the database already"):
        restore(full, file)
    assert stored(full) == before


def test_a_backup_of_a_newer_schema_is_refused(file, new_database, tmp_path):
    newer = rewritten(file, tmp_path, schema="9999")
    database = new_database()
    with pytest.raises(Trouble, match="with that version or a later one"):
        restore(database, newer)
    assert is_untouched(database)


def rewritten(file: Path, folder: Path, **changes: Any) -> Path:
    """The backup with another manifest."""
    new = folder / "rewritten.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as packed:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST:
                manifest = msgspec.json.decode(content)
                content = msgspec.json.encode(manifest | changes)
            packed.writestr(name, content)
    return new


def test_a_flipped_bit_is_found_wherever_it_matters(file, new_database, tmp_path):
    whole, sound = file.read_bytes(), checked(file)
    choose, refused = random.Random(8), 0
    for _ in range(150):
        place = choose.randrange(len(whole))
        damaged = bytearray(whole)
        damaged[place] ^= 1 << choose.randrange(8)
        file.write_bytes(damaged)
        try:
            assert checked(file) == sound  # a date of the zip, say, which nobody reads
        except Trouble:
            refused += 1
    assert refused > 100
    database = new_database()
    damaged = bytearray(whole)
    damaged[len(whole) // 3] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(Trouble):
        restore(database, file)
    assert is_untouched(database)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 99])
def test_what_is_no_backup_is_said_to_be_none(content, tmp_path, new_database):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(Trouble, match="no backup"):
        restore(new_database(), tmp_path / "x")


def test_rows_that_do_not_fit_change_nothing(file, new_database, tmp_path):
    parts = msgspec.json.decode(zipfile.ZipFile(file).read(MANIFEST))["parts"]
    database = new_database()
    with pytest.raises(Trouble, match="tables are not those"):
        restore(database, rewritten(file, tmp_path, parts=parts[:-1]))
    assert is_untouched(database)


def test_a_file_without_tables_has_nothing_to_back_up(new_database, tmp_path):
    with pytest.raises(Trouble, match=r"nothing in the database|no database at"):
        back_up(new_database(), tmp_path / "site.zip")
    assert [*tmp_path.iterdir()] == []
