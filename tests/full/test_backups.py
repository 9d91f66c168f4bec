"""A backup taken while people write becomes a working site on a clean machine."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from app.backups import checked
from db.base import Base
from db.engine import Database
from db.models.accounts import Account
from tests import guard
from tests.browser import COOKIE
from tests.factories import PASSWORD
from tests.full import recounts, told
from tests.full.loaded import loaded
from tests.full.writers import Deed, Writer
from tests.patience import PATIENCE, until
from tests.postgres import Server
from tests.test_cli import ROOT, Site

pytestmark = pytest.mark.full

Place = Callable[[str], str]
KILLS = 5


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """The address of a new and empty database of a kind."""
    with ExitStack() as running:
        servers: list[Server] = []

        def make(kind: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{tmp_path}/{random.getrandbits(64):x}/skileez.db"
            server = Server()
            servers.append(server)
            running.callback(server.stop)
            return server.url("postgres")

        yield make


def started(*words: object, **environment: str) -> subprocess.Popen[str]:
    """A command on its way."""
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", *map(str, words)],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**guard.environment(), "DEMO": "0", **environment},
    )  # fmt: skip


def done(*words: object, **environment: str) -> str:
    """What a command said, which has to end well."""
    command = started(*words, **environment)
    said, _ = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    return said


def counts(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return {
            table.name: db.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize(
    ("made_on", "restored_on"),
    [("sqlite", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql")],
)
def test_it_becomes_a_working_site_with_equal_counts(made_on, restored_on, place, tmp_path):
    file, data = tmp_path / "site.zip", str(tmp_path / "clean")
    with loaded(tmp_path, place(made_on)) as here:
        here.load.go_on(150)
        before = here.load.done
        done("backup", file, DATABASE_URL=here.url, DATA_DIR=data)
        during = len(here.load.done) - len(before)
        here.load.go_on(50)
        here.load.end()
        assert here.site.stop() == 0
        assert here.faults() == []  # nobody was disturbed
    assert during > 0
    assert not Path(data).exists()

    manifest, url = checked(file), place(restored_on)
    assert f"{manifest.row_count:,} rows" in done("restore", file, DATABASE_URL=url, DATA_DIR=data)
    database = Database(url)
    assert counts(database) == {part.table: part.rows for part in manifest.parts}
    with database.reading() as db:
        assert recounts.faults(db) == []
        assert [one for one in told.differences(db, before) if " lost" in one] == []
        email = db.scalars(select(Account.email).order_by(Account.id)).first()
    database.dispose()
    serves(url, data, tmp_path, str(email), before)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_backups_harm_nobody_and_the_next_one_is_whole(kind, place, tmp_path):
    folder, dice, url = tmp_path / "backups", random.Random(31), place(kind)
    folder.mkdir()
    file = folder / "site.zip"
    with loaded(tmp_path, url) as here:
        here.load.go_on(100)
        lasted = backed_up(file, url, killed_after=None)
        killed = finished = 0
        while killed < KILLS:
            file.unlink(missing_ok=True)
            worked = backed_up(file, url, killed_after=dice.random() * lasted)
            if file.exists():  # it has its name once it is whole
                checked(file)
                finished, lasted = finished + 1, min(lasted, worked)
                assert finished <= 4 * KILLS, "they are hardly ever killed at work"
            else:
                killed += 1
            assert len(left := [*folder.glob(".*")]) <= 1, left  # of the last one alone
        file.unlink(missing_ok=True)
        done("backup", file, DATABASE_URL=url)
        here.load.go_on(20)
        here.load.end()
        assert here.site.stop() == 0
        assert here.faults() == []  # nobody was disturbed
    assert [*folder.iterdir()] == [file]

    manifest, again = checked(file), place(kind)
    done("restore", file, DATABASE_URL=again, DATA_DIR=str(tmp_path / "clean"))
    database = Database(again)
    assert counts(database) == {part.table: part.rows for part in manifest.parts}
    with database.reading() as db:
        assert recounts.faults(db) == []
    database.dispose()


def backed_up(file: Path, url: str, *, killed_after: float | None) -> float:
    """Make a backup, or kill who makes it, at work since so many seconds; how long it worked."""
    before = {*file.parent.glob(".*")}
    making = started("backup", file, DATABASE_URL=url)
    until(lambda: {*file.parent.glob(".*")} - before, unless=lambda: making.poll() is not None)
    began = time.monotonic()
    if killed_after is not None:
        time.sleep(killed_after)
        making.kill()
    said, _ = making.communicate(timeout=PATIENCE)
    assert killed_after is not None or making.returncode == 0, said
    return time.monotonic() - began


def serves(url: str, data: str, folder: Path, email: str, before: list[Deed]) -> None:
    """Old sign-ins hold, a new one is made, what was written is read, and more can be written."""
    site = Site(folder, DATABASE_URL=url, DATA_DIR=data, DEMO="0", JOBS="0", WORKERS="1")
    try:
        site.wait_until_up()
        last = next(deed for deed in reversed(before) if deed.verb == "/messages")
        person = Writer(site.port, threading.Event())
        assert last.fields["text"] in person.page(last.who, last.path)
        person.send(last.who, last.path, text="We are here again")
        assert "We are here again" in person.page(last.who, last.path)
        token = sign_in(person, email)
        assert email in person.page(token, "/settings/email")
        person.hang_up()
        assert site.stop() == 0
        assert "Traceback" not in site.text()
    finally:
        site.process.kill()
        site.process.wait()


def sign_in(person: Writer, email: str) -> str:
    assert person.line is not None
    body = urlencode({"email": email, "password": PASSWORD})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
    }  # fmt: skip
    person.line.request("POST", "/sign-in", body, headers)
    answer = person.line.getresponse()
    answer.read()
    assert answer.status == 303
    cookies = answer.headers.get_all("Set-Cookie", [])
    return next(
        cookie.split(";")[0].partition("=")[2] for cookie in cookies if cookie.startswith(COOKIE)
    )
