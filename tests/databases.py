"""Databases for tests, on either engine: copies of one that was migrated once."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from db.engine import Database
from db.migrate import migrate
from tests import postgres

FOLDER = "SKILEEZ_TEST_POSTGRES"  # where the server's socket is; the workers inherit it
TEMPLATE = "skileez_template"


def start(config: pytest.Config) -> None:
    """Start PostgreSQL when this run is about it: once, before the workers."""
    if config.getoption("--database") == "postgresql" and FOLDER not in os.environ:
        config.stash[SERVER] = server = postgres.Server()
        os.environ[FOLDER] = str(server.folder)


def stop(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server:
        os.environ.pop(FOLDER, None)
        server.stop()


SERVER = pytest.StashKey[postgres.Server]()


@contextmanager
def maker(config: pytest.Config, folders: pytest.TempPathFactory) -> Iterator["Maker"]:
    """Whatever makes databases on the engine of this run."""
    if config.getoption("--database") == "sqlite":
        yield Files(folders.mktemp("databases"))
    else:
        yield Clones(os.environ[FOLDER])


class Maker:
    """Makes empty and migrated databases, and removes them."""

    def __init__(self) -> None:
        self.numbers = count(1)

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[Database]:
        raise NotImplementedError
        yield

    @contextmanager
    def several(self) -> Iterator[Callable[[], Database]]:
        with ExitStack() as made:
            yield lambda: made.enter_context(self.database(migrated=False))


class Files(Maker):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.template = folder / "template.db"
        database = Database(f"sqlite:///{self.template}")
        migrate(database)
        database.dispose()

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[Database]:
        path = self.folder / f"{next(self.numbers)}" / "skileez.db"
        path.parent.mkdir()
        if migrated:
            shutil.copy(self.template, path)
        database = Database(f"sqlite:///{path}")
        try:
            yield database
        finally:
            database.dispose()
            shutil.rmtree(path.parent, ignore_errors=True)


class Clones(Maker):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        with postgres.one_at_a_time(folder) as there:
            if TEMPLATE not in there:
                database = Database(postgres.clone(folder, TEMPLATE, "template1"))
                migrate(database)
                database.dispose()

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[Database]:
        name = f"{self.worker}_{next(self.numbers)}"
        address = postgres.clone(self.folder, name, TEMPLATE if migrated else "template1")
        database = Database(address)
        try:
            yield database
        finally:
            database.dispose()
            postgres.drop(self.folder, name)


@contextmanager
def rolled_back(database: Database) -> Iterator[Database]:
    """The same database, every session a savepoint in one transaction that is never kept."""
    with database.engine.connect() as connection:
        transaction = connection.begin()
        joined = database.joined(connection)
        # The application closes its database when it stops; this one serves the next test too.
        joined.dispose = lambda: None  # type: ignore[method-assign]
        try:
            yield joined
        finally:
            transaction.rollback()


def keep_no_cookies(client: Any) -> None:
    """The test browser keeps its own cookies, one jar for each person."""
    client.cookies = httpx.Cookies()
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
