"""Every route × every kind of person × own, other's or missing: the answer, against answers.py.

A line that does not hold is printed as it is now. Read it aloud before it takes the old one's
place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from db.base import Base
from db.models.learning_requests import ScreeningQuestion
from tests.access.answers import ANSWERS, PEOPLE
from tests.house.conftest import settings
from tests.house.filled import filled_in
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.worlds import World

__all__ = ["settings"]  # a fixture of the house

WRITES = {route.name: route.writes for route in all_routes()}
# What is written down although the answer was no: that a form waits, and that it was tried.
READING = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET LOCAL")
LEFT_BY_A_NO = {"parked_forms", "attempts"}


def things(name: str) -> tuple[str, ...]:
    """Whose thing the address may be about."""
    return ("sofias", "sams", "missing") if "{" in address_of(name) else ("-",)


def address_of(name: str) -> str:
    return SAMPLES[name][0].replace("{stylesheet}", "/static/app.css")


def word_for(answer: Any) -> str:
    """The answer in a word of the table."""
    if (answer.location or "").startswith("/sign-in?next="):
        return "in"
    if answer.leads_to("/sign-in/again"):
        return "prove"
    return {200: "ok", 204: "ok", 303: "ok"}.get(answer.status, str(answer.status))


@contextmanager
def taken_back(connection: Connection) -> Iterator[None]:
    """What happens meanwhile has not happened afterwards."""
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


@contextmanager
def written(connection: Connection) -> Iterator[list[str]]:
    """The statements of this while that can change a table; without any, none has changed."""
    found: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.lstrip().startswith(READING):
            found.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(connection, "before_cursor_execute", note)


def stored(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
        for table in Base.metadata.sorted_tables
        if table.name not in LEFT_BY_A_NO
    }


def expected() -> dict[tuple[str, str], dict[str, str]]:
    read = {}
    for line in ANSWERS.strip().splitlines()[1:]:
        name, thing, *words = line.split()
        read[name, thing] = dict(zip(PEOPLE, words, strict=True))
    return read


EXPECTED = expected()


def test_every_route_and_thing_has_its_line() -> None:
    assert set(EXPECTED) == {(name, thing) for name in SAMPLES for thing in things(name)}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_everybody_gets_the_declared_answer(
    browser: Any, database: Any, db: Any, world: World, others: Any, name: str
) -> None:
    asking = {who: browser.as_(world.people[who]) for who in PEOPLE[1:]}
    asking["guest"] = browser.as_guest()
    question = db.scalars(select(ScreeningQuestion.id)).first()
    browser.settle()
    db.close()
    connection, wrong = database._outer, []
    before = stored(connection)
    for thing in things(name):
        ids = others.get(thing, world.ids)
        found = {}
        for who in PEOPLE:
            with taken_back(connection), written(connection) as writes:
                found[who] = word_for(sent(asking[who], name, ids, question))
                if found[who] != "ok" and writes:
                    assert stored(connection) == before, f"{who} changed something at {name}"
        wrong += [] if found == EXPECTED.get((name, thing)) else [line(name, thing, found)]
    assert not wrong, "\n" + "\n".join(wrong)


def sent(asking: Any, name: str, ids: dict[str, Any], question: Any) -> Any:
    """The answer to the page, or to the form as it was filled in."""
    path = SAMPLES[name][0].format(**ids)
    if not WRITES[name]:
        return asking.get(path)
    return asking.post(path, filled_in(name, question, ids))


def line(name: str, thing: str, found: dict[str, str]) -> str:
    return f"{name:<27} {thing:<7} " + " ".join(f"{found[who]:<5}" for who in PEOPLE)
