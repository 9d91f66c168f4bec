"""`skileez migrate` as a process of its own, that stops or dies at a chosen statement."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from db.engine import Database
from tests import guard
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]

# The command itself, listened to: what it has written when its time comes is really written, as
# SQLite is left no room to keep pages back.
LISTENED = """
import atexit, os, sys
from sqlalchemy import Engine, event

signal, left, seen = int(sys.argv[1]), int(sys.argv[2]), 0

@event.listens_for(Engine, "connect")
def keep_nothing_back(connection, _):
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA cache_size = 4")

@event.listens_for(Engine, "after_cursor_execute")
def count(connection, cursor, statement, *_):
    global seen
    if statement.split(None, 1)[0].upper() not in ("SELECT", "PRAGMA", "SET"):
        seen += 1
        if seen == left:
            os.kill(os.getpid(), signal)

atexit.register(lambda: print(seen, "statements"))
sys.argv = ["skileez", "migrate"]
from app.cli import main
main()
"""


def migrating(
    database: Database, folder: Path, *, at: int = 0, number: int = signal.SIGKILL
) -> "subprocess.Popen[str]":
    """The command, which sends itself this signal after so many statements that change things."""
    return subprocess.Popen(
        [sys.executable, "-c", LISTENED, str(int(number)), str(at)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={
            "PATH": os.environ["PATH"], **guard.environment(), "DATA_DIR": str(folder),
            "DATABASE_URL": database.url.render_as_string(hide_password=False), "DEMO": "0",
        },
    )  # fmt: skip


def migrated(database: Database, folder: Path) -> int:
    """Let it run to its end: how many statements that took."""
    process = migrating(database, folder)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "The database is up to date." in said
    return int(said.splitlines()[-1].split()[0])


def killed(database: Database, folder: Path, at: int) -> None:
    """Let it die after so many statements."""
    process = migrating(database, folder, at=at)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGKILL, said


def is_held(process: "subprocess.Popen[str]") -> bool:
    """Whether it stopped itself, in the middle of what it does."""
    return _state(process.pid) == "T"


def waits(process: "subprocess.Popen[str]", database: Database) -> bool:
    """Whether it waits for another one that migrates."""
    if database.is_sqlite:
        lines = Path("/proc/locks").read_text().splitlines()
        return any("->" in line and str(process.pid) in line.split() for line in lines)
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with database.reading_engine.connect() as connection:
        return bool(connection.scalar(text(waiting)))


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
