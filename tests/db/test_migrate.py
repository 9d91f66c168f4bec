import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from db import migrate as migrating
from db.base import Base
from db.engine import Database
from db.migrate import (
    drift,
    has_drift,
    is_modelled,
    migrate,
    newest_version,
    revision,
    version,
)
from tests.db.test_engine import needs_sqlite

# About locks, commits and connections: nothing here may run inside one shared transaction.
pytestmark = pytest.mark.usefixtures("real_database")

ROOT = Path(__file__).parents[2]

# Loaded once and then multiplied, so that all six really arrive at the same time.
NODES = """
import os, sys
import alembic.command, psycopg
from db.engine import Database
from db.migrate import migrate

def node():
    child = os.fork()
    if not child:
        migrate(Database(sys.argv[1]))
        sys.exit()
    return child

nodes = [node() for _ in range(6)]
sys.exit(sum(os.waitpid(child, 0)[1] != 0 for child in nodes))
"""

NEWEST = newest_version()
NEXT = f"{int(NEWEST) + 1:04}"


def test_a_new_database_gets_every_table(new_database):
    database = new_database()
    assert version(database) is None
    migrate(database)
    assert version(database) == newest_version()
    with database.reading() as db:
        tables = set(filter(modelled("table"), inspect(db.connection()).get_table_names()))
    assert tables == set(Base.metadata.tables) | {"alembic_version"}


def test_six_nodes_starting_at_once_migrate_once(new_database):
    database = new_database()
    address = database.url.render_as_string(hide_password=False)
    nodes = subprocess.run(
        [sys.executable, "-c", NODES, address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert nodes.returncode == 0, nodes.stderr
    assert version(database) == newest_version()
    assert drift(database) == []


def test_the_tables_are_what_the_models_say(database):
    assert drift(database) == []
    assert not has_drift(database)


def test_a_difference_is_noticed(database):
    with database.writing() as db:
        db.execute(text("ALTER TABLE skills ADD COLUMN colour VARCHAR(20)"))
        db.execute(text("DROP INDEX ix_coach_skills_skill_id"))
    assert has_drift(database)
    assert len(drift(database)) == 2


def test_migrated_tables_and_names_are_those_made_from_the_models(database, new_database):
    made = new_database()
    Base.metadata.create_all(made.engine)
    assert described(database) == described(made)


def test_an_up_to_date_start_is_quick(database):
    assert min(start_again(database) for _ in range(3)) < 0.05


def test_a_database_from_the_future_is_refused(database):
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RuntimeError, match=f"is at 9999; this version of Skileez knows {NEWEST}"):
        migrate(database)


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(database, migrations):
    add_sofia_and_her_sign_in(database)
    migrations(NEXT, "accounts", 'batch.alter_column("first_name", type_=sa.String(80))')
    migrate(database)
    assert version(database) == NEXT
    with database.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM sign_ins")) == 1
    with database.reading() as db:
        assert not database.is_sqlite or db.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_migration_that_loses_a_row_somebody_refers_to_leaves_no_trace(database, migrations):
    needs_sqlite(database)
    add_sofia_and_her_sign_in(database)
    migrations(NEXT, "skills", "op.execute('DELETE FROM accounts')")
    with pytest.raises(RuntimeError, match="refer to nothing"):
        migrate(database)
    assert version(database) == NEWEST
    with database.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM accounts")) == 1


def test_a_developer_writes_the_next_migration(database, migrations):
    with database.writing() as db:
        db.execute(text("DROP TABLE messages"))
    written = revision(database, "Add the messages")
    assert written.name == f"{NEXT}_add_the_messages.py"
    migrate(database)
    assert drift(database) == []
    assert described(database)["messages"]


@pytest.fixture
def migrations(tmp_path, monkeypatch):
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrating, "FOLDER", folder)

    def add(number, table, line):
        (folder / "versions" / f"{number}_next.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = {number!r}\ndown_revision = {NEWEST!r}\n"
            f"def upgrade():\n    with op.batch_alter_table({table!r}, recreate='auto') as batch:\n"
            f"        {line}\n"
        )

    return add


def start_again(database):
    again = Database(database.url.render_as_string(hide_password=False))
    began = time.process_time()  # its own work: a busy machine may make it wait
    migrate(again)
    took = time.process_time() - began
    again.dispose()
    return took


def add_sofia_and_her_sign_in(database):
    with database.writing() as db:
        db.execute(
            text(
                "INSERT INTO accounts (id, first_name, last_name, email, email_folded, status,"
                " password_hash, must_reset_password, role_view, time_zone, locale, theme,"
                " data_saver, created_at)"
                " VALUES (1, 'Sofia', 'Mwangi', 'a', 'a', 'active', '-', FALSE, 'student', 'UTC',"
                " 'en', 'system', 'system', '2026-11-19')"
            )
        )
        db.execute(
            text(
                "INSERT INTO sign_ins (id, account_id, token_hash, remember, browser, place,"
                " created_at, proved_at, seen_at, expires_at) VALUES (1, 1, 'x', TRUE, '', '',"
                " '2026-11-19', '2026-11-19', '2026-11-19', '2026-11-19')"
            )
        )


def described(database):
    with database.reading() as db:
        found = inspect(db.connection())
        return {
            table: [
                by_name(
                    {**column, "type": str(column["type"])}
                    for column in found.get_columns(table)
                    if modelled("column")(column["name"])
                ),
                found.get_pk_constraint(table),
                by_name(found.get_foreign_keys(table)),
                by_name(found.get_unique_constraints(table)),
                by_name(found.get_check_constraints(table)),
                [
                    {**index, "dialect_options": None}
                    for index in by_name(found.get_indexes(table))
                    if modelled("index")(index["name"])
                ],
            ]
            for table in found.get_table_names()
            if table != "alembic_version" and modelled("table")(table)
        }


def modelled(kind):
    return lambda name: is_modelled(None, name, kind)


def by_name(things):
    return sorted(things, key=lambda thing: thing["name"])
