"""Backing up and restoring, as operators do it."""

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.backups import back_up, checked
from app.cli import main
from db.engine import Database
from tests import guard
from tests.filled_tables import fill

ROOT = Path(__file__).parents[1]


@pytest.fixture
def full(real_database: Database) -> Database:
    """A database with rows in every table."""
    with real_database.writing() as db:
        fill(db, times=2)
    return real_database


@pytest.fixture
def command(full: Database, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command at the full database, or at another one."""
    address = full.url.render_as_string(hide_password=False)
    given = {"DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data"), "DEMO": "0"}

    def run(*words: object, **environment: str) -> Result:
        return CliRunner().invoke(main, [*map(str, words)], env={**given, **environment})

    return run


def test_a_backup_is_its_makers_alone_and_says_how_much_is_in_it(command, tmp_path, new_database):
    file = tmp_path / "site.zip"
    made = command("backup", file)
    assert (made.exit_code, made.output) == (
        0, f"{file}: 200 rows of 50 tables, read again and whole.\n",
    )  # fmt: skip
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["site.zip"]
    empty = new_database().url.render_as_string(hide_password=False)
    put = command("restore", file, DATABASE_URL=empty)
    assert put.exit_code == 0, put.output
    assert put.output.startswith("200 rows of 20")
    assert command("backup", file).stderr == (
        f"Error: {file} is there already; a backup replaces nothing.\n"
    )


def test_a_disk_that_knows_no_links_will_do(command, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "site.zip"
    assert command("backup", file).exit_code == 0
    assert checked(file).row_count == 200
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "there already" in command("backup", file).stderr
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["site.zip"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("backup", "/nowhere/at/all/site.zip"), "cannot be written: No such file or directory"),
        (("backup", "/proc/site.zip"), "cannot be written"),
        (("restore", "/nowhere/site.zip"), "There is no file /nowhere/site.zip"),
        (("restore", "/proc"), "no backup"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(command, words, sentence):
    result = command(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("word", ["backup", "restore"])
def test_a_database_that_does_not_answer_is_named(command, word, full, tmp_path):
    file = tmp_path / "site.zip"
    back_up(full, file)
    path = file if word == "restore" else file.with_name("other.zip")
    result = command(word, path, DATABASE_URL="postgresql://ada:hush-hush@127.0.0.1:1/name")
    assert result.exit_code == 1
    assert result.stderr.startswith("DATABASE_URL: the database cannot be used: ")
    assert "hush-hush" not in result.output + result.stderr
    assert not file.with_name("other.zip").exists()


def test_looking_for_a_database_makes_none(command, tmp_path):
    result = command("backup", tmp_path / "site.zip", DATABASE_URL=f"sqlite:///{tmp_path}/no/x.db")
    assert result.exit_code == 1
    assert "There is no database at" in result.stderr
    assert not (tmp_path / "no").exists()


def test_a_full_disk_leaves_nothing_behind(full, tmp_path):
    address = full.url.render_as_string(hide_password=False)
    room = 8192  # bytes that any file may have; the log of SQLite is older than that
    made = subprocess.run(
        [sys.executable, "-m", "app.cli", "backup", str(tmp_path / "site.zip")],
        cwd=ROOT, capture_output=True, text=True,
        env={**guard.environment(), "PYTHONDONTWRITEBYTECODE": "1",
             "DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert made.returncode == 1
    assert made.stderr.count("\n") == 1, made.stderr
    assert "Traceback" not in made.stderr
    assert [*tmp_path.iterdir()] == []
