"""One planted world for all tests that only look at it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.seeds.demo import plant

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def planted(engines: Any) -> Iterator[Any]:
    with engines.database(migrated=True) as database:
        with database.writing() as db:
            plant(db, now=NOW, password_hash="hash", progress=lambda done, total: None)
        yield database


@pytest.fixture
def world(planted: Any) -> Iterator[Session]:
    """A session for looking at the demo world."""
    with planted.reading() as db:
        yield db
