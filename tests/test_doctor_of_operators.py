"""What operators let happen: backups that stop, workers that die, folders and disks as they are."""

import fcntl
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from app import backups, clock
from app.backups import back_up
from app.doctor import examine, traces
from app.doctor.finding import Finding, Verdict
from app.settings import Settings
from db.engine import Database
from db.migrate import changing
from db.working import does_anybody_work
from tests import guard
from tests.factories import make_account, make_mail
from tests.patience import PATIENCE, until
from tests.signs import somebody_at_work, worst

FINE, WARNING, FAULT = Verdict.OK, Verdict.WARNING, Verdict.FAULT
ROOT = Path(__file__).parents[1]
Ask = Callable[..., dict[str, Finding]]


@pytest.fixture
def ask(real_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """What is said of each thing, the worst of it; nobody who was just started is waited for."""
    monkeypatch.setattr(traces, "STARTING", 0)
    (tmp_path / "data").mkdir(mode=0o700)
    usual = {
        "DATABASE_URL": real_database.url.render_as_string(hide_password=False),
        "DATA_DIR": str(tmp_path / "data"), "DEMO": "0",
    }  # fmt: skip

    def look(**but: str) -> dict[str, Finding]:
        return worst(examine({**usual, **but}, limit=60))

    return look


# Backups.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir(mode=0o700)
    return tmp_path / "backups"


def made(database: Database, path: Path, ago: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(backups, "now", lambda: clock.now() - ago)
        back_up(database, path)
    at = (clock.now() - ago).timestamp()
    os.utime(path, (at, at))


def test_the_newest_backup_is_not_old(ask, real_database, folder, monkeypatch):
    here = {"BACKUPS": str(folder)}
    nothing = ask(**here)["backups"]
    assert (nothing.verdict, nothing.says) == (FAULT, f"There is none in {folder}.")
    made(real_database, folder / "a.zip", timedelta(days=3), monkeypatch)
    old = ask(**here)["backups"]
    assert (old.verdict, old.says) == (FAULT, f"The newest, {folder}/a.zip, is 72 hours old.")
    (folder / "a.zip").touch()  # copied, say: what it says of itself holds
    assert ask(**here)["backups"].verdict is FAULT
    made(real_database, folder / "b.zip", timedelta(hours=30), monkeypatch)
    os.utime(folder / "a.zip", (0, 0))
    new = ask(**here)["backups"]
    assert (new.verdict, new.says) == (FINE, f"The newest, {folder}/b.zip, is 30 hours old.")


def test_what_is_no_backup_is_taken_for_none(ask, real_database, folder, monkeypatch):
    made(real_database, folder / "good.zip", timedelta(hours=1), monkeypatch)
    (folder / "half.zip").write_bytes((folder / "good.zip").read_bytes()[:900])
    found = ask(BACKUPS=str(folder))["backups"]
    assert (found.verdict, "half.zip is no backup" in found.says) == (WARNING, True)
    (folder / "good.zip").unlink()
    assert ask(BACKUPS=str(folder))["backups"].verdict is FAULT


def test_a_backup_that_says_no_zone_is_taken_for_none(ask, real_database, folder, monkeypatch):
    made(real_database, folder / "a.zip", timedelta(0), monkeypatch)
    with zipfile.ZipFile(folder / "a.zip") as old:
        said = msgspec.json.decode(old.read(backups.MANIFEST))
    with zipfile.ZipFile(folder / "a.zip", "w") as forged:
        says = {**said, "created_at": "2026-11-27T03:15:00", "parts": []}
        forged.writestr(backups.MANIFEST, msgspec.json.encode(says))
    found = ask(BACKUPS=str(folder))["backups"]
    assert (found.verdict, found.says) == (FAULT, f"There is none in {folder}.")


def test_one_that_is_removed_meanwhile_is_not_missed(ask, real_database, folder, monkeypatch):
    made(real_database, folder / "new.zip", timedelta(hours=1), monkeypatch)
    (folder / "old.zip").touch()
    is_file = Path.is_file

    def is_still_there(path: Path) -> bool:
        there = is_file(path)
        if path.name == "old.zip":
            path.unlink(missing_ok=True)
        return there

    monkeypatch.setattr(Path, "is_file", is_still_there)
    assert ask(BACKUPS=str(folder))["backups"].verdict is FINE


def test_a_backup_that_others_may_read_is_a_fault(ask, real_database, folder, monkeypatch):
    made(real_database, folder / "a.zip", timedelta(hours=1), monkeypatch)
    (folder / "a.zip").chmod(0o644)
    assert ask(BACKUPS=str(folder))["backups"].verdict is FINE  # nobody gets so far
    folder.chmod(0o755)
    found = ask(BACKUPS=str(folder))["backups"]
    assert (found.verdict, found.remedy) == (FAULT, f"chmod 600 {folder}/a.zip")


def test_a_site_for_people_says_where_its_backups_are(ask, tmp_path):
    unsaid = ask()["backups"]
    assert (unsaid.verdict, "./run backup FILE" in unsaid.remedy) == (WARNING, True)
    assert ask(DEMO="1")["backups"].verdict is FINE
    assert ask(BACKUPS=str(tmp_path / "nowhere"))["backups"].verdict is FAULT
    (tmp_path / "file").touch()
    assert ask(BACKUPS=str(tmp_path / "file"))["backups"].says.endswith(
        "cannot be looked into: Not a directory."
    )


# Whoever does what is due.


def test_a_dead_worker_is_told_from_one_that_has_nothing_to_do(ask, real_database):
    nobody = ask(JOBS="0")["worker"]
    assert (nobody.verdict, "Nobody is at work." in nobody.says) == (FAULT, True)
    assert nobody.remedy.startswith("Start ./run worker")
    assert ask()["worker"].remedy.startswith("Start ./run.")
    with somebody_at_work(real_database):
        assert ask(JOBS="0")["worker"].verdict is FINE
        with real_database.writing() as db:
            make_mail(db, make_account(db), due_at=clock.now() - timedelta(minutes=6))
        assert ask(JOBS="0")["worker"].says.endswith("It is at work. Overdue: mail.")
    assert ask(JOBS="0")["worker"].says.endswith("Nobody is at work. Overdue: mail.")


def test_one_that_was_started_just_now_is_waited_for(ask, monkeypatch):
    answers = iter([False, False, True])
    monkeypatch.setattr(traces, "does_anybody_work", lambda _: next(answers))
    monkeypatch.setattr(traces, "STARTING", 60)
    assert ask()["worker"].verdict is FINE


def test_nothing_is_held_open_while_one_is_waited_for(real_database, monkeypatch):
    def look(_: Database) -> bool:
        open_ones.append(there.reading_engine.pool.checkedout())
        return len(open_ones) > 1

    open_ones: list[int] = []
    monkeypatch.setattr(traces, "does_anybody_work", look)
    there = Database(real_database.url.render_as_string(hide_password=False))
    try:
        assert any(traces.traces(there, Settings.from_env({})))
    finally:
        there.dispose()
    assert open_ones == [0, 0]


def test_two_who_look_at_once_are_not_taken_for_workers(real_database, monkeypatch):
    if not real_database.is_sqlite:
        pytest.skip("a server names who is connected")
    flock = fcntl.flock

    def and_dawdle(opened: int, how: int) -> None:
        flock(opened, how)
        if how & fcntl.LOCK_NB:
            time.sleep(0.2)

    with somebody_at_work(real_database):
        pass
    monkeypatch.setattr(fcntl, "flock", and_dawdle)
    with ThreadPoolExecutor(2) as pool:
        assert [*pool.map(does_anybody_work, [real_database] * 2)] == [False, False]


@pytest.fixture
def worker(real_database: Database, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    address = real_database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "worker"], cwd=ROOT, stdout=subprocess.DEVNULL,
        env={**guard.environment(), "DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data")},
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_is_seen_until_it_ends_however_it_ends(real_database, worker, number):
    until(lambda: does_anybody_work(real_database), unless=lambda: worker.poll() is not None)
    worker.send_signal(number)
    worker.wait(PATIENCE)
    until(lambda: not does_anybody_work(real_database))


# The rest of it.


def test_a_schema_of_a_newer_version_is_named(ask, real_database):
    with changing(real_database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    found = ask()["migrations"]
    assert (found.verdict, found.remedy) == (FAULT, "Run the newer version that has been here.")


def test_a_clock_apart_from_the_servers_is_found(ask, real_database, monkeypatch):
    if real_database.is_sqlite:
        pytest.skip("one machine, one clock")
    for apart, verdict in ((1, FINE), (10, WARNING), (90, FAULT)):
        monkeypatch.setattr(traces, "now", lambda: clock.now() - timedelta(seconds=apart))  # noqa: B023
        assert ask()["clock"].verdict is verdict


def test_folders_that_this_user_may_not_use_are_found(ask, folder, tmp_path, monkeypatch):
    def refuse(path: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "iterdir", refuse)
    found = ask(BACKUPS=str(folder))
    assert found["files"].verdict is found["backups"].verdict is FAULT
    assert f"{tmp_path}/data cannot be written to by user {os.geteuid()}." in found["files"].says
    assert found["backups"].says == f"{folder} cannot be looked into: Permission denied."


def test_files_that_go_meanwhile_are_no_fault(ask, monkeypatch):
    inside = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: [*inside(path), path / "skileez.db-shm"])
    monkeypatch.setattr(Path, "exists", lambda *_, **__: True)
    found = ask()
    assert found["files"].verdict is FINE
    assert found["disk"].verdict is not FAULT


def test_a_database_below_a_file_leaves_the_other_looks_alone(ask, tmp_path):
    (tmp_path / "file").write_text("")
    found = ask(DATABASE_URL=f"sqlite:///{tmp_path}/file/skileez.db")
    assert found["database"].verdict is FAULT
    assert found["files"].verdict is FINE
    assert "free at" in found["disk"].says


def test_one_disk_is_spoken_of_once(folder):
    said = examine({"DATA_DIR": str(folder.with_name("data")), "BACKUPS": str(folder)})
    assert [one.about for one in said].count("disk") == 1
