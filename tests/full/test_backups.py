"""A backup taken while people write becomes a working site on a clean machine."""

import random
import subprocess
import sys
import threading
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
from tests.patience import PATIENCE
from tests.postgres import Server
from tests.test_cli import ROOT, Site

pytestmark = pytest.mark.full

Place = Callable[[str], str]


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
