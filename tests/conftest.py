"""The database, the application and the browser that tests use; people are in people.py."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from hypothesis import settings as hypothesis
from litestar.testing import TestClient
from sqlalchemy.orm import Session

from db.engine import Database
from tests import databases, guard
from tests.browser import HOME, Browser
from tests.people import FIXTURES, as_viewer

pytest_plugins = ["tests.chromium", "tests.thorough", "tests.built", "tests.hashes"]
globals().update(FIXTURES)

# The same examples on every run, however slow the machine; nothing is kept beside the code.
hypothesis.register_profile("skileez", deadline=None, derandomize=True, database=None)
hypothesis.load_profile("skileez")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite",
        help="which engine every test of this run uses",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    guard.start()
    databases.start(config)


def pytest_collection_finish() -> None:
    # What has been imported by now stays: nobody need look through it again for what does not.
    gc.collect()
    gc.freeze()
    # Pages that were parsed are circles, thousands of them in each: looking for what can go after
    # every 700 took a sixth of all time.
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.stop(config)


# Databases.


@pytest.fixture(scope="session")
def engines(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Makes databases on the engine this run tests: empty ones and migrated ones."""
    with databases.maker(pytestconfig, tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="session")
def shared_database(engines: Any) -> Iterator[Database]:
    """One migrated database for all tests; each test's doings are rolled back."""
    with engines.database(migrated=True) as database:
        yield database


@pytest.fixture
def database(request: pytest.FixtureRequest, built: Any) -> Iterator[Database]:
    """A migrated database, with whom the test names. What a test does in it is gone afterwards.

    Its sessions join one transaction; a test that names `real_database` gets real commits.
    """
    if "real_database" in request.fixturenames:
        yield request.getfixturevalue("real_database")
        return
    shared = built.database if built else request.getfixturevalue("shared_database")
    with databases.rolled_back(shared) as joined:
        yield joined


@pytest.fixture
def real_database(engines: Any) -> Iterator[Database]:
    """A migrated database of this test's own, with real commits and real locks: for races."""
    with engines.database(migrated=True) as database:
        # The application closes its database when it stops; the test may still be looking at it.
        dispose, database.dispose = database.dispose, lambda: None  # type: ignore[method-assign]
        yield database
        database.dispose = dispose  # type: ignore[method-assign]


@pytest.fixture
def new_database(engines: Any) -> Iterator[Callable[[], Database]]:
    """Makes empty databases, without any table: for migrations and start-up."""
    with engines.several() as make:
        yield make


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A writing session for setting the scene and looking at what came of it."""
    with database.session(write=True) as session:
        yield session


# The application.


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Any:
    return settings_for(database, tmp_path)


def settings_for(database: Database, folder: Path, **environment: str) -> Any:
    """Settings as a server for people would have them."""
    from app.settings import Settings

    address = database.url.render_as_string(hide_password=False)
    chosen = {"DATA_DIR": str(folder), "DATABASE_URL": address, "PUBLIC_URL": HOME, "DEMO": "0"}
    chosen["LIMITS"] = "1000"  # tests are in a hurry; those of the limits say otherwise
    return Settings.from_env(chosen | environment)


@pytest.fixture(scope="session")
def every_route() -> Any:
    """Every route, made once: that takes as long as a test."""
    # Here and not above: a test of the database must not need the whole site.
    from app.main import routed

    return routed()


@pytest.fixture
def app(every_route: Any, settings: Any, database: Database, hashes: None) -> Any:
    from app.main import bound

    return bound(every_route, settings, database)


@pytest.fixture
def client(app: Any) -> Iterator[TestClient[Any]]:
    """The bare test client; tests about pages use `browser`."""
    with TestClient(app, base_url=HOME) as client:
        databases.keep_no_cookies(client)
        yield client


@pytest.fixture
def browser(client: TestClient[Any], db: Session) -> Browser:
    """A guest's browser; in `browser.as_(sofia)` Sofia has signed in.

    What is pending in `db` is stored before each request, and read afresh after it.
    """

    alone = Lock()  # browsers ask at once, and a session is for one thread

    def settle() -> None:
        with alone:
            db.commit()
            db.expire_all()

    return Browser(client, db, settle)


@pytest.fixture
def viewer(db: Session) -> Callable[[Any], Any]:
    """`viewer(sofia)` is Sofia as rules and actions see her; `viewer(None)` is the guest."""
    return lambda person: as_viewer(db, person)


# Nothing leaves this machine.


@pytest.fixture(autouse=True, scope="session")
def no_way_out() -> Iterator[None]:
    """Whoever tried to reach anything but this machine fails the run."""
    yield
    assert not guard.tried()
