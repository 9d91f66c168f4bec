"""However a command ends, it is one sentence and a code, and what it began is taken back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import inspect

from app.backups import back_up, checked
from app.cli import main
from app.ending import STOPS, Commands
from db.engine import Database
from db.migrate import changing
from tests import guard
from tests.filled_tables import fill
from tests.patience import PATIENCE, until

ROOT = Path(__file__).parents[1]
# Stands still where much has been done and nothing is finished, until a signal comes.
SLOWLY = """
import signal, sys
from pathlib import Path
from app import backups
reached = Path(sys.argv.pop(1))
def pause(*_):
    reached.touch()
    signal.pause()
    raise AssertionError("no exception of the signal's")
backups.{name} = pause
from app.cli import main
main()
"""


@pytest.fixture(autouse=True)
def usual_signals() -> Iterator[None]:
    """None is ignored, though whoever runs the tests with nohup or in the background says so."""
    usual = dict.fromkeys(STOPS, signal.SIG_DFL) | {signal.SIGINT: signal.default_int_handler}
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def full(real_database: Database) -> Database:
    """A database with rows in every table."""
    with real_database.writing() as db:
        fill(db, times=2)
    return real_database


def slowly(name: str, reached: Path, *words: object, **environment: str) -> subprocess.Popen[str]:
    """A command that stands still at this function."""
    made = subprocess.Popen(
        [sys.executable, "-c", SLOWLY.format(name=name), str(reached), *map(str, words)],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**guard.environment(), "PYTHONDONTWRITEBYTECODE": "1", "DEMO": "0", **environment},
    )  # fmt: skip
    until(reached.exists, unless=lambda: made.poll() is not None)
    return made


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("number", STOPS)
def test_a_backup_that_is_told_to_stop_leaves_nothing(full, tmp_path, number):
    folder = tmp_path / "backups"
    folder.mkdir()
    made = slowly(
        "_pack", tmp_path / "reached", "backup", folder / "site.zip", DATABASE_URL=address(full)
    )
    assert len([*folder.iterdir()]) == 1
    made.send_signal(number)
    said, wrong = made.communicate(timeout=PATIENCE)
    assert (made.returncode, said) == (128 + number, "")
    assert wrong == f"Stopped by {number.name}; what was not finished was taken back.\n"
    assert [*folder.iterdir()] == []


def test_what_a_killed_backup_left_the_next_one_removes(full, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    words = ("backup", folder / "site.zip")
    made = slowly("_pack", tmp_path / "reached", *words, DATABASE_URL=address(full))
    other = slowly("_pack", tmp_path / "other", *words, DATABASE_URL=address(full))
    made.kill()
    made.communicate()
    assert len([*folder.iterdir()]) == 2
    back_up(full, folder / "site.zip")
    assert len([*folder.iterdir()]) == 2  # and the other one's, who goes on
    other.terminate()
    other.communicate()
    assert [*folder.iterdir()] == [folder / "site.zip"]
    assert checked(folder / "site.zip").row_count == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_restore_that_is_stopped_changes_nothing_and_can_be_given_again(
    full, new_database, tmp_path, number
):
    file, database = tmp_path / "site.zip", new_database()
    back_up(full, file)
    given = {"DATABASE_URL": address(database), "DATA_DIR": str(tmp_path / "data")}
    made = slowly("_batches", tmp_path / "reached", "restore", file, **given)
    made.send_signal(number)
    _, wrong = made.communicate(timeout=PATIENCE)
    if number is not signal.SIGKILL:
        assert made.returncode == 128 + number
        assert wrong == f"Stopped by {number.name}; what was not finished was taken back.\n"
    with database.reading_engine.connect() as connection:
        assert not inspect(connection).get_table_names()
    again = CliRunner().invoke(main, ["restore", str(file)], env={**given, "DEMO": "0"})
    assert again.exit_code == 0, again.output


# In this process.


@pytest.fixture
def ending(usual_signals: None) -> Iterator[Callable[..., Any]]:
    """Runs a command that does this, and gives back the signals as they were."""
    before = {number: signal.getsignal(number) for number in STOPS}

    def run(deed: Callable[[], object], name: str = "deed") -> Any:
        group = Commands("skileez")
        group.command(name)(lambda: deed() and None)
        return CliRunner().invoke(group, [name])

    yield run
    assert {number: signal.getsignal(number) for number in STOPS} == before


def test_a_second_signal_does_not_hurry_it(ending):
    taken_back = []

    def deed() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(60)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)
            taken_back.append(True)

    result = ending(deed)
    assert (result.exit_code, taken_back) == (143, [True])
    assert result.stderr == "Stopped by SIGTERM; what was not finished was taken back.\n"


def test_what_does_not_answer_is_not_waited_for(ending, monkeypatch):
    monkeypatch.setattr("app.ending.GRACE", 1)
    taken_back = []

    def deed() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            try:
                signal.pause()  # a server that stands still is asked to roll back
            finally:
                taken_back.append(True)

    result = ending(deed)
    assert (result.exit_code, taken_back) == (143, [True])
    assert result.stderr == "Stopped by SIGTERM; what was not finished was taken back.\n"


def test_what_takes_the_interruption_for_something_else_is_still_told_as_one(ending):
    def deed() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("the driver was interrupted") from None

    assert ending(deed).stderr.startswith("Stopped by SIGINT;")


def test_who_is_to_go_on_goes_on(ending):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        result = ending(lambda: os.kill(os.getpid(), signal.SIGHUP))
        assert result.exit_code == 0, result.output
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    assert ending(lambda: None).exit_code == 0


def test_those_that_stay_have_ways_of_their_own(ending):
    seen = []
    ending(lambda: seen.append(signal.getsignal(signal.SIGTERM)), "worker")
    ending(lambda: seen.append(signal.getsignal(signal.SIGTERM)), "backup")
    assert seen[0] is signal.SIG_DFL
    assert callable(seen[1])


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(13, "Permission denied", "/srv/x"), "Error: /srv/x: Permission denied.\n"),
        (OSError(28, "No space left on device"), "Error: No space left on device.\n"),
        (MemoryError(), "Error: There is not enough memory.\n"),
        (click.ClickException("No."), "Error: No.\n"),
    ],
)
def test_what_the_machine_refuses_is_a_sentence(ending, error, sentence):
    def deed() -> None:
        raise error

    result = ending(deed)
    assert (result.exit_code, result.stderr) == (1, sentence)


def test_a_fault_of_ours_is_not_hidden(ending):
    assert isinstance(ending(lambda: {}["nothing"]).exception, KeyError)


def test_a_migration_elsewhere_is_said(full, tmp_path):
    if full.is_sqlite:
        pytest.skip("there a backup copies a file")
    with changing(full):
        result = CliRunner().invoke(
            main, ["backup", str(tmp_path / "site.zip")], env={"DATABASE_URL": address(full)}
        )
    assert result.stderr == "Error: A migration is running; try again once it is over.\n"
