"""The routes of the site as data, and their forms, filled in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from sqlalchemy import select

from db.engine import Database
from db.models.learning_requests import ScreeningQuestion
from tests.answer import Answer
from tests.conftest import settings_for
from tests.house.filled import filled_in
from tests.house.routes import Route, all_routes
from tests.worlds import World


@pytest.fixture
def routes() -> tuple[Route, ...]:
    return all_routes()


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Any:
    """A demo's, in which every address leads somewhere."""
    return settings_for(database, tmp_path, DEMO="1")


@pytest.fixture
def opened(browser: Any, world: World) -> Callable[[str], tuple[Any, str]]:
    """The browser of the person in a route's sample, and the address."""

    def open_for(name: str) -> tuple[Any, str]:
        address, person = world.sample(name)
        return (browser.as_(person) if person else browser.as_guest()), address

    return open_for


@pytest.fixture
def sent(opened: Any, db: Any, world: Any) -> Callable[..., Answer]:
    """Sends the form of a route as it was filled in, but for what is said."""
    [number] = db.scalars(select(ScreeningQuestion.id)).all()

    def send(
        name: str, but: dict[str, list[str]] | None = None, without: str = "", way: str = "plain"
    ) -> Answer:
        asking, address = opened(name)
        asking.cookies["seen"] = "1"
        fields = {key: [one] for key, one in filled_in(name, number, world.ids).items()}
        fields.pop(without.format(question=number), None)
        for key, values in (but or {}).items():
            fields[key.format(question=number)] = values
        body = "&".join(
            f"{quote_plus(key)}={quote_plus(one)}"
            for key, values in fields.items()
            for one in values
        )
        answer = getattr(asking, way).post(address, body.encode())
        answer.fields = fields
        return answer

    return send
