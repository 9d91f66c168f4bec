import fcntl
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError

from db import sqlite
from db.engine import Database
from db.migrate import migrate
from db.models.skills import Skill
from db.sqlite import locked_in_turn
from tests import postgres
from tests.db.test_types import NOON
from tests.patience import until

# About locks, commits and connections: nothing here may run inside one shared transaction.
pytestmark = pytest.mark.usefixtures("real_database")


def test_every_pooled_connection_to_sqlite_is_set_up(database):
    needs_sqlite(database)
    for engine in (database.engine, database.reading_engine):
        with ExitStack() as held:
            connections = [held.enter_context(engine.connect()) for _ in range(8)]
            for connection in connections:
                cursor = connection.connection.cursor()
                for name, wanted in sqlite.PRAGMAS.items():
                    assert cursor.execute(f"PRAGMA {name}").fetchone() == (wanted,)
                assert cursor.execute("PRAGMA query_only").fetchone() == (
                    int(engine is database.reading_engine),
                )


def test_nobody_else_may_read_the_file_or_its_log(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new/skileez.db")
    assert not (tmp_path / "new").exists()
    migrate(database)
    with database.writing() as db:
        db.add(skill("Spanish"))
        db.flush()
        found = {
            path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()
        }
    database.dispose()
    endings = ("", "-wal", "-shm", ".lock", ".turn.lock")
    assert found == dict.fromkeys([f"skileez.db{ending}" for ending in endings], 0o600)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_another_process_that_closes_the_file_leaves_the_log_to_us(tmp_path):
    # The last one to close a SQLite file removes its log. Whoever opens and closes the file beside
    # SQLite loses every lock this process has on it, and then others take themselves for the last.
    file = tmp_path / "skileez.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.reading_engine.connect():
        with database.writing() as db:
            db.add(skill("Spanish"))
        assert names_seen_elsewhere(file) == "Spanish"
        assert Path(f"{file}-wal").exists()
        with database.writing() as db:
            db.add(skill("Guitar"))
        assert names_seen_elsewhere(file) == "Guitar Spanish"
    database.dispose()


def test_postgresql_speaks_in_utc(database):
    if database.is_sqlite:
        pytest.skip("SQLite has no zone")
    with database.reading() as db:
        assert db.scalar(text("SHOW TIME ZONE")) == "UTC"


def test_postgresql_acknowledges_nothing_that_a_crash_would_take(database):
    if database.is_sqlite:
        pytest.skip("how SQLite keeps what it has is tested above")
    assert postgres.HASTY["synchronous_commit"] == "off"  # as this server says to others
    for write in (True, False):
        with database.session(write=write) as db:
            assert db.scalar(text("SHOW synchronous_commit")) == "on"


def test_a_postgresql_that_is_gone_without_a_word_is_given_up_within_half_a_minute(database):
    if database.is_sqlite:
        pytest.skip("SQLite is no other machine")
    with database.engine.connect() as connection:
        given = connection.connection.driver_connection.info.get_parameters()
    assert 0 < int(given["tcp_user_timeout"]) <= 30_000
    idle, interval, count = (
        int(given[f"keepalives_{name}"]) for name in ("idle", "interval", "count")
    )
    assert idle + interval * count <= 30
    other = Database(
        database.url.update_query_dict({"tcp_user_timeout": "5000"}).render_as_string()
    )
    with other.engine.connect() as connection:
        chosen = connection.connection.driver_connection.info.get_parameters()
    other.dispose()
    assert chosen["tcp_user_timeout"] == "5000"


def test_lines_that_the_server_ended_meanwhile_are_not_noticed(database):
    if database.is_sqlite:
        pytest.skip("a file is on no line")
    numbers = set()
    with database.engine.connect() as other:
        for turn in range(2):
            with ExitStack() as held:
                several = [held.enter_context(database.engine.connect()) for _ in range(3)]
                found = {one.scalar(text("SELECT pg_backend_pid()")) for one in several}
            assert len(found - numbers) == 3, turn
            numbers |= found
            for number in found:
                other.execute(text("SELECT pg_terminate_backend(:it, 5000)"), {"it": number})


def test_rows_that_are_read_one_by_one_are_asked_for_as_others(database):
    query = select(literal(1)).where(literal(50) % 7 == 1, literal("50%").like("5%"))
    with database.engine.connect() as connection:
        assert connection.execute(query, execution_options={"yield_per": 1}).all() == [(1,)]


def test_writing_is_kept_whole_or_not_at_all(database):
    with database.writing() as db:
        db.add(skill("Spanish"))
    with pytest.raises(ZeroDivisionError), database.writing() as db:
        db.add(skill("Guitar"))
        db.flush()
        raise ZeroDivisionError
    assert names(database) == ["Spanish"]


def test_reading_refuses_to_write(database):
    with database.reading() as db, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        db.execute(text("DELETE FROM skills"))
    with database.reading() as db, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        db.add(skill("Spanish"))
        db.flush()
    with database.writing() as db:
        db.add(skill("Guitar"))
    assert names(database) == ["Guitar"]


def test_inside_one_transaction_sessions_keep_their_manners(database):
    with database.engine.connect() as connection:
        outer = connection.begin()
        inside = database.joined(connection)
        with inside.writing() as db:
            db.add(skill("Spanish"))
        with inside.reading() as db, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            db.execute(text("DELETE FROM skills"))
        with inside.writing() as db:
            db.add(skill("Guitar"))
        assert names(inside) == ["Guitar", "Spanish"]
        outer.rollback()
    assert names(database) == []


def test_eight_writers_at_once_all_get_their_turn(database):
    add_one_each(database, writers=8, each=25, write=one_by_the_lock)
    assert len(names(database)) == 200


def test_eight_writers_without_the_queue_still_never_find_the_file_busy(database):
    add_one_each(database, writers=8, each=10, write=one_by_itself)
    assert len(names(database)) == 80


def test_a_second_lock_by_the_same_thread_is_an_error_and_no_standstill(database, monkeypatch):
    needs_sqlite(database)
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT", 50)
    with database.write_lock(), pytest.raises(TimeoutError), database.write_lock():
        pass
    with database.write_lock():
        pass


def test_two_nodes_on_one_file_wait_for_each_other(database):
    needs_sqlite(database)
    other = Database(f"sqlite:///{database.url.database}")
    order = []

    def write_second():
        with other.write_lock():
            order.append("second")

    second = threading.Thread(target=write_second)
    with database.write_lock():
        second.start()
        second.join(0.1)
        order.append("first")
    second.join(5)
    assert order == ["first", "second"]
    assert Path(f"{database.url.database}.lock").exists()


def test_whoever_waits_first_writes_next_though_another_wants_it_again(tmp_path):
    turn, lock = tmp_path / "turn.lock", tmp_path / "file.lock"
    order = []
    waits = threading.Event()

    def second():
        waits.set()
        with locked_in_turn(turn, lock):
            order.append("second")

    with locked_in_turn(turn, lock):
        waiting = threading.Thread(target=second)
        waiting.start()
        waits.wait(5)
        until(lambda: is_held(turn))
    with locked_in_turn(turn, lock):
        order.append("first, again")
    waiting.join(5)
    assert order == ["second", "first, again"]


def is_held(path):
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_it_says_so_when_a_file_system_cannot_keep_a_log(tmp_path, monkeypatch):
    monkeypatch.setitem(sqlite.PRAGMAS, "journal_mode", "something else")
    database = Database(f"sqlite:///{tmp_path}/skileez.db")
    with pytest.raises(RuntimeError, match="journal_mode"), database.reading() as db:
        db.execute(text("SELECT 1"))


def add_one_each(database, *, writers, each, write):
    start = threading.Barrier(writers)

    def work(writer):
        start.wait()
        for number in range(each):
            write(database, f"{writer} {number}")

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(work, range(writers)))


def one_by_the_lock(database, name):
    with database.writing() as db:
        db.add(skill(name))


def one_by_itself(database, name):
    with database.session(write=True) as db, db.begin():
        db.scalar(select(Skill.id).limit(1))
        db.add(skill(name))


def names(database):
    with database.reading() as db:
        return list(db.scalars(select(Skill.name).order_by(Skill.name)))


def skill(name):
    return Skill(name=name, folded=name.casefold(), created_at=NOON)


def needs_sqlite(database):
    if not database.is_sqlite:
        pytest.skip("about SQLite")


def names_seen_elsewhere(file: Path) -> str:
    program = (
        "import sqlite3, sys; file = sqlite3.connect(sys.argv[1]); "
        "print(*[name for (name,) in file.execute('SELECT name FROM skills ORDER BY name')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, file], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()
