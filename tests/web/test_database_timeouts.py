"""PostgreSQL takes too long: an answer in words, nothing half done, and all is well afterwards.

SQLite has one lock, and its own patience: tests/db/test_engine.py.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from litestar import Controller
from litestar.response import Response
from sqlalchemy import text

from app.access.permissions import Permission
from app.main import create_app
from app.web.request import Request
from app.web.routes import get
from db.engine import OF_THE_SITE, Database, Timeouts
from db.models.accounts import Account
from tests import guard
from tests.patience import until
from tests.web.probe import Probe

ROOT = Path(__file__).parents[2]
SHORT = Timeouts(statement=0.5, lock=0.2, idle=0.2)


class Slow(Controller):
    path = "/slow"

    @get("/statement", allow=Permission.VIEW_DASHBOARD, name="slow.statement")
    def statement(self, request: Request) -> Response[Any]:
        request.db.execute(text("SELECT pg_sleep(60)"))
        return Response("never")

    @get("/thought", allow=Permission.VIEW_DASHBOARD, name="slow.thought")
    def thought(self, request: Request) -> Response[Any]:
        pid = request.db.scalar(text("SELECT pg_backend_pid()"))
        watching: Database = request.app.state.watching
        gone = text("SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = :pid")
        with watching.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
            until(lambda: other.scalar(gone, {"pid": pid}))
        request.db.execute(text("SELECT 1"))
        return Response("never")


@pytest.fixture
def short(real_database: Database) -> Iterator[Database]:
    """The same database by connections of little patience."""
    if real_database.is_sqlite:
        pytest.skip("SQLite has no such timeouts; BUSY_TIMEOUT is for its one lock")
    made = Database(real_database.url.render_as_string(hide_password=False), timeouts=SHORT)
    yield made
    made.dispose()


@pytest.fixture
def app(settings: Any, short: Database, real_database: Database) -> Any:
    app = create_app(settings, short, [Probe, Slow])
    app.app.state.watching = real_database
    return app


@contextmanager
def holding(database: Database, account: Account) -> Iterator[None]:
    """Meanwhile another connection has changed this person, and does not say whether for good."""
    with database.session(write=True) as other:
        other.execute(
            text("UPDATE accounts SET last_name = 'Held' WHERE id = :id"), {"id": account.id}
        )
        yield
        other.rollback()


def test_a_lock_held_too_long_is_a_pause_and_nothing_is_half_done(
    browser, sofia, db, real_database
):
    sofias = browser.as_(sofia)
    name = sofia.first_name
    assert sofias.send("GET", "/probe/hello").says(f"Hello, {name}.")
    with holding(real_database, sofia):
        page = sofias.post("/probe/rename", {"name": "Sonja"})
        assert (page.status, page.texts("dd")) == (503, ["Sonja"])
        assert page.headers["retry-after"] == "5"
        assert page.says("Nothing is lost")
        fragment = sofias.htmx.post("/probe/rename", {"name": "Sonja"})
        assert (fragment.status, fragment.one("hx-partial")["hx-target"]) == (503, "#flash")
        # Who only reads waits for nobody.
        assert sofias.send("GET", "/probe/hello").says(f"Hello, {name}.")
    db.expire_all()
    assert (sofia.first_name, sofia.last_name) == (name, sofia.last_name)
    assert sofias.post("/probe/rename", {"name": "Sonja"}).leads_to("/probe/done")
    assert sofias.send("GET", "/probe/hello").says("Hello, Sonja.")


@pytest.mark.parametrize("path", ["/slow/statement", "/slow/thought"])
def test_a_statement_or_a_thought_that_takes_too_long_is_a_pause(browser, sofia, path):
    sofias = browser.as_(sofia)
    page = sofias.get(path)
    assert page.status == 503
    assert page.says("Nothing is lost")
    assert sofias.send("GET", "/probe/hello").says(f"Hello, {sofia.first_name}.")


def test_the_site_as_it_is_started_has_this_patience(real_database, tmp_path):
    if real_database.is_sqlite:
        pytest.skip("SQLite has no such timeouts")
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    shown = " || ' ' || ".join(f"current_setting('{name}')" for name in names)
    program = (
        "from sqlalchemy import text\n"
        "from app.main import from_environment\n"
        "with from_environment().app.state.database.reading_engine.connect() as connection:\n"
        f'    print(connection.scalar(text("SELECT {shown}")))'
    )
    address = real_database.url.render_as_string(hide_password=False)
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True,
        env={
            "PATH": os.environ["PATH"], "DEMO": "0", "DATA_DIR": str(tmp_path),
            "DATABASE_URL": address, **guard.environment(),
        },
    ).stdout  # fmt: skip
    wanted = (OF_THE_SITE.statement, OF_THE_SITE.lock, OF_THE_SITE.idle)
    assert said.split() == [f"{round(seconds)}s" for seconds in wanted]
