"""Whoever forges a backup makes nothing run full, changes nothing, and hears a plain sentence."""

import hashlib
import resource
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import inspect

from app import backup_files
from app.backups import MANIFEST, Trouble, back_up, checked, restore
from db.engine import Database
from tests.filled_tables import fill

Forger = Callable[..., Path]


@pytest.fixture(scope="module")
def file(engines: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good one, of a database with rows in every table."""
    path = tmp_path_factory.mktemp("backups") / "site.zip"
    with engines.database(migrated=True) as database:
        with database.writing() as db:
            fill(db, times=2)
        back_up(database, path)
    return path


@pytest.fixture
def forged(file: Path, tmp_path: Path) -> Forger:
    """Makes another, true to itself: with other rows of tables, and another manifest."""

    def forge(
        rows_of: dict[str, bytes] | None = None,
        way: int = zipfile.ZIP_DEFLATED,
        each: dict[str, Any] | None = None,
        manifest: dict[str, Any] | None = None,
    ) -> Path:
        new = tmp_path / "forged.zip"
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w", way) as packed:
            said = msgspec.json.decode(old.read(MANIFEST))
            for part in said["parts"]:
                name = f"tables/{part['table']}.jsonl"
                rows = (rows_of or {}).get(part["table"])
                packed.writestr(name, old.read(name) if rows is None else rows)
                if rows is not None:
                    digest = hashlib.sha256(rows).hexdigest()
                    count = rows.count(b"\n") + (not rows.endswith(b"\n"))
                    part.update(rows=count, sha256=digest, size=len(rows))
                part.update(each or {})
            packed.writestr(MANIFEST, msgspec.json.encode(said | (manifest or {})))
        return new

    return forge


def said_of(path: Path, database: Database) -> str:
    """Why it is not restored, which has changed nothing."""
    with pytest.raises(Trouble) as trouble:
        restore(database, path)
    with database.reading_engine.connect() as connection:
        assert not inspect(connection).get_table_names()
    said = str(trouble.value)
    assert said.isprintable()
    assert len(said) < 500
    return said


def test_a_true_copy_is_taken(forged, new_database):
    assert restore(new_database(), forged()).row_count == 200


def test_the_first_backups_which_do_not_say_their_size_are_taken(forged, new_database):
    assert restore(new_database(), forged(each={"size": None})).row_count == 200


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        ({"schema": "+1"}, "no backup, or a damaged one"),
        ({"schema": "head"}, "no backup, or a damaged one"),
        ({"schema": "0000"}, "a schema that never was"),
        ({"schema": "9999"}, "with that version or a later one"),
        ({"format": 2, "parts": "elsewhere"}, "with that version or a later one"),
        ({"format": 0}, "in another format"),
        ({"format": -1}, "no backup, or a damaged one"),
        ({"product": "Skileez \x1b[2J\x1b]0;hello"}, "no backup, or a damaged one"),
        ({"product": "S" * 5000, "schema": "9999"}, "no backup, or a damaged one"),
        ({"created_at": "2026-11-27T03:15:00"}, "no backup, or a damaged one"),
        ({"parts": []}, "tables are not those"),
        ({"parts": [{}]}, "no backup, or a damaged one"),
        ({"more": " " * (2 << 20)}, "no backup, or a damaged one"),
    ],
)  # fmt: skip
def test_a_manifest_that_was_written_by_hand(forged, new_database, manifest, sentence):
    assert sentence in said_of(forged(manifest=manifest), new_database())


@pytest.mark.parametrize(
    "each",
    [
        {"table": "../../etc/passwd"}, {"table": "\x1b[2J"}, {"rows": -1}, {"rows": 10**30},
        {"size": 7}, {"size": -1}, {"last": 2**70}, {"sha256": "0" * 63}, {"sha256": "0" * 64},
        {"columns": {}}, {"rows": 999}, {"table": "accounts"},
    ],
)  # fmt: skip
def test_what_it_says_of_tables(forged, new_database, each):
    said_of(forged(each=each), new_database())


@pytest.mark.parametrize(
    "rows",
    [
        b'["x",1]\n', b"[]\n", b"nonsense\n", b"\n\n\n", b"\x00\xff\n",
        b'[1,"\\ud800","fado","","2026-01-02T03:04:05Z"]\n',
        b'[1180591620717411303424,"Fado","fado","","2026-01-02T03:04:05Z"]\n',
        b'[1,"Fado","fado","","2026-01-02T03:04:05"]\n',
        b'[1,"Fado","fado","","2026-01-02T03:04:05Z"]\n' * 2,
        b"[" * 100_000 + b"\n",
    ],
)  # fmt: skip
def test_rows_that_no_database_of_ours_had(forged, new_database, rows):
    said_of(forged({"skills": rows}), new_database())


def test_rows_that_refer_to_nothing(forged, new_database):
    assert "accounts" not in said_of(forged({"accounts": b""}), new_database()).split()[0]


def test_other_ways_to_pack_are_not_followed(forged, new_database):
    said = said_of(forged(way=zipfile.ZIP_LZMA), new_database())
    assert "unknown way" in said


def test_a_row_without_end_takes_no_memory(forged, new_database):
    endless = forged({"skills": b"[" + b" " * (200 << 20)})
    assert endless.stat().st_size < 1 << 20
    database = new_database()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "too long" in said_of(endless, database)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # KiB
    assert grown < 100 << 10


def test_more_than_is_said_is_never_unpacked(file, tmp_path, new_database):
    """What is packed goes on behind the size that the zip says."""
    path = tmp_path / "more.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in old.namelist():
            content = old.read(name)
            packed.writestr(
                name, content + b" " * (64 << 20) if "skills.jsonl" in name else content
            )
            packed.getinfo(name).file_size = len(content)
    assert "Bad CRC-32" in said_of(path, new_database())


def test_what_finds_no_room_is_refused_before_it_is_read(file, tmp_path, new_database, monkeypatch):
    path, size = tmp_path / "huge.zip", 10**15
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(path, "w") as packed:
        said = msgspec.json.decode(old.read(MANIFEST))
        said["parts"][0]["size"] = size
        for name in old.namelist():
            packed.writestr(name, msgspec.json.encode(said) if name == MANIFEST else old.read(name))
        packed.getinfo(f"tables/{said['parts'][0]['table']}.jsonl").file_size = size
    database = new_database()
    if database.is_sqlite:
        monkeypatch.setattr(backup_files.BackupFile, "lines", lambda *_: pytest.fail("it is read"))
        assert "it takes 2,000,000.0 GB, and " in said_of(path, database)
    else:  # whose disk nobody knows; what is packed has an end
        assert "damaged" in said_of(path, database)


def test_a_disk_that_fills_meanwhile_is_left_as_it_was(file, new_database, monkeypatch):
    database, asked = new_database(), []
    if not database.is_sqlite:
        pytest.skip("the disk of a server is the server's")
    usage = shutil.disk_usage("/")

    def fuller(_: Path) -> Any:
        asked.append(1)
        return usage._replace(total=1 << 40, free=1 << 38 if len(asked) < 3 else 100 << 20)

    monkeypatch.setattr("app.backups.BATCH", 1)
    monkeypatch.setattr("app.backup_files.shutil.disk_usage", fuller)
    assert "104.9 MB are free" in said_of(file, database)
    monkeypatch.undo()
    assert restore(database, file).row_count == 200  # the same command again


def test_a_file_that_was_cut_off_is_refused_wherever_it_was(file, new_database, tmp_path):
    whole, database = file.read_bytes(), new_database()
    for end in (*range(0, len(whole), len(whole) // 25), len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:end])
        assert "no backup, or a damaged one" in said_of(tmp_path / "cut.zip", database)


def test_what_is_no_file_is_not_opened(tmp_path):
    with pytest.raises(Trouble, match="it is no file"):
        checked(tmp_path)
