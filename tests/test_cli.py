"""The command line, in processes as people start them."""

import http.client
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from app.cli import main
from app.processes import GRACE
from db.engine import Database
from db.migrate import migrate
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from db.models.messages import Message
from tests.factories import make_account
from tests.patience import PATIENCE, until
from tests.sites import Site, is_refused

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def empty(engines: Any) -> Iterator[Database]:
    """A database without any table."""
    with engines.several() as make:
        yield make()


@pytest.fixture(scope="module")
def environment(empty: Database, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    address = empty.url.render_as_string(hide_password=False)
    return {"DATABASE_URL": address, "DATA_DIR": str(tmp_path_factory.mktemp("data"))}


@pytest.fixture(scope="module")
def start(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Site]]:
    """Starts sites at one database; what still runs at the end is stopped."""
    with ExitStack() as running:

        def begin(**but: str) -> Site:
            usual = {**environment, "WORKERS": "2", "JOBS": "0"}
            site = Site(tmp_path_factory.mktemp("said"), **{**usual, **but})
            running.callback(site.process.wait)
            running.callback(site.process.kill)
            return site

        yield begin


@pytest.fixture(scope="module")
def sites(start: Callable[..., Site]) -> list[Site]:
    """Two nodes, started at the same moment at a database without any table."""
    return [site.wait_until_up() for site in [start(HOST="0.0.0.0"), start(WORKERS="1")]]


def population(database: Database) -> tuple[int, int, int]:
    with database.reading() as db:
        sofias = select(func.count()).where(Account.email == "sofia@skileez.example")
        return (
            db.scalar(sofias) or 0,
            db.scalar(select(func.count(Account.id))) or 0,
            db.scalar(select(func.count(Message.id))) or 0,
        )


def test_two_first_starts_at_once_plant_one_world(sites, empty):
    assert [site.status_of("/") for site in sites] == [200, 200]
    sofias, people, messages = population(empty)
    assert sofias == 1
    assert people > 80
    assert messages > 1000
    assert sum("Filling the demo world" in site.text() for site in sites) >= 1


def test_demo_mode_listens_on_this_machine_only_and_says_so(sites):
    assert "listens on this machine only (127.0.0.1)" in sites[0].text()
    with pytest.raises(ConnectionRefusedError):  # 0.0.0.0 would have answered here
        socket.create_connection(("127.0.0.2", sites[0].port), timeout=5)


def test_lines_stay_open_and_nobody_says_which_server_it_is(sites):
    with closing(http.client.HTTPConnection("127.0.0.1", sites[0].port)) as line:
        for _ in range(3):
            line.request("GET", "/healthz")
            answer = line.getresponse()
            assert answer.read() == b"ok\n"
            assert not answer.will_close
            assert answer.getheader("server") is None


def test_a_worker_that_dies_is_replaced(sites):
    first, second = sites[0].workers()
    os.kill(first, signal.SIGKILL)
    until(lambda: len(set(sites[0].workers()) - {first}) == 2)
    assert second in sites[0].workers()
    assert [sites[0].status_of("/healthz") for _ in range(4)] == [200] * 4


def test_workers_end_with_their_parent(start):
    site = start(WORKERS="2", JOBS="1").wait_until_up()
    workers = site.workers()
    assert len(workers) == 3  # one for the jobs
    site.stop(signal.SIGKILL)
    until(lambda: not any(is_alive(pid) for pid in workers))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in ("Z", "X")
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_finishes_what_is_in_flight(sites, start, empty, number):
    before = population(empty)
    site = start(JOBS="1").wait_until_up()
    assert "Filling" not in site.text()
    assert population(empty) == before
    body = b"email=sofia%40skileez.example&password=not+hers"
    kept = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    with half_sent(site, body) as line, closing(kept):
        kept.request("GET", "/healthz")
        assert kept.getresponse().read() == b"ok\n"
        site.process.send_signal(number)
        # A line that only waits is closed, and whoever comes now is refused: not left to wait.
        assert kept.sock.recv(1) == b""
        until(lambda: is_refused(site.port))
        assert site.process.poll() is None
        line.sendall(body[10:])
        assert b" 422 " in line.recv(100)
        assert site.process.wait(GRACE) == 0
    assert "Traceback" not in site.text()


@contextmanager
def half_sent(site: Site, body: bytes) -> Iterator[socket.socket]:
    """A form that is still on its way."""
    head = (
        f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        "Expect: 100-continue\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as line:
        line.sendall(head.encode() + body[:10])
        assert b" 100 " in line.recv(100)  # it is being read
        yield line


def test_an_address_in_use_is_named(sites, start):
    again = start(PORT=str(sites[0].port))
    assert again.process.wait(PATIENCE) == 2
    assert again.text() == (
        f"HOST and PORT: 127.0.0.1 port {sites[0].port} cannot be used: Address already in use.\n"
    )


# Commands that end by themselves, in this process.


@pytest.fixture
def command(new_database: Any, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command at an empty database of its own."""
    database = new_database()
    address = database.url.render_as_string(hide_password=False)
    given = {"DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data")}

    def run(*words: str, **environment: str) -> Result:
        return CliRunner().invoke(main, words, env={**given, **environment})

    run.database = database  # type: ignore[attr-defined]
    return run


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("DATABASE_URL", "mysql://x/y"), ("DATA_DIR", "/dev/null/data")],
)
@pytest.mark.parametrize("word", ["run", "worker", "migrate", "seed", "routes"])
def test_a_wrong_setting_stops_the_start_with_a_sentence(command, word, name, value):
    result = command(word, **{name: value})
    assert result.exit_code == 2
    assert result.stderr.startswith(name)
    assert result.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_named(command):
    address = "postgresql://ada:hush-hush@127.0.0.1:1/name"
    result = command("migrate", DATABASE_URL=address)
    assert result.exit_code == 1
    assert result.stderr.startswith("DATABASE_URL: the database cannot be used: ")
    assert "hush-hush" not in result.stderr


def test_migrate_makes_the_tables_and_then_has_nothing_to_do(command):
    for _ in range(2):
        result = command("migrate")
        assert (result.exit_code, result.output) == (0, "The database is up to date.\n")
    with command.database.reading() as db:
        assert db.scalar(select(func.count(Account.id))) == 0


def test_a_database_for_people_is_never_seeded(command):
    for words in (("seed",), ("seed", "--size", "50")):
        result = command(*words, DEMO="0")
        assert result.exit_code == 1
        assert "never seeded" in result.stderr


def test_seed_plants_the_demo_world_once(command):
    assert command("seed").exit_code == 0
    planted = population(command.database)
    assert planted[0] == 1
    again = command("seed")
    assert "nothing was changed" in again.output
    assert population(command.database) == planted


def test_a_database_with_people_in_it_is_left_alone(command, tmp_path):
    migrate(command.database)
    with command.database.writing() as db:
        make_account(db)
    assert "nothing was changed" in command("seed").output
    assert population(command.database)[1] == 1


def test_a_world_for_load_tests_has_the_size_it_is_told(command):
    assert command("seed", "--size", "50").exit_code == 0
    with command.database.reading() as db:
        assert db.scalar(select(func.count(LearningRequest.id))) == 50
    assert command("seed", "--size", "0").exit_code == 2


def test_routes_lists_every_address_with_its_permission(command):
    lines = command("routes").output.splitlines()
    assert any(
        line.split() == ["landing.show", "GET/HEAD", "/", "public_page.view"] for line in lines
    )
    assert all(len(line.split()) == 4 for line in lines)


def test_where_lists_a_noun_from_address_to_table(command):
    lines = command("where", "bookmarks").output.splitlines()
    assert {"app/controllers/bookmarks.py", "db/models/bookmarks.py"} <= set(lines)
    assert all("bookmarks" in line and "__pycache__" not in line for line in lines)
    nothing = command("where", "unicorns")
    assert (nothing.exit_code, nothing.stderr) == (1, "Error: No file is named after 'unicorns'.\n")
