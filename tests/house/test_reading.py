"""Looking changes nothing: every page is opened as everybody, and the tables stay as they were."""

from typing import Any

import pytest
from sqlalchemy import select

from db.base import Base
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES

# The marks a person's own visit leaves: when they were last here, what they have read, and
# when a student first saw a proposal (with its line of history), and in which version. That staff
# have read a report, of a person or of a session, is a line of history too.
MARKS = {
    "sign_ins": {"seen_at"},
    "threads": {"student_read", "coach_read"},
    "notices": {"read_at"},
    "proposals": {"first_viewed_at", "seen_version"},
}
LOOKS = ("proposal.viewed", "report.looked_at", "session.looked_at")
MOST_PAGES = 110  # every page of the samples, and some that they lead to


def stored(db: Any) -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every table, but for the marks."""
    db.commit()
    found = {}
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.c if column.name not in MARKS.get(table.name, ())]
        query = select(*columns)
        if table.name == "events":
            query = query.where(table.c.name.not_in(LOOKS))
        found[table.name] = {tuple(map(repr, row)) for row in db.execute(query)}
    return found


def links_in(answer: Any) -> list[str]:
    """The pages of ours that this one leads to."""
    ours = [str(link["href"]).split("#")[0] for link in answer.all('a[href^="/"]')]
    return [path for path in ours if path and not path.startswith("/static/")]


@pytest.mark.parametrize("name", [None, "sofia", "sam", "carla", "dora", "sid", "mina"])
def test_get_and_head_never_write(browser: Any, db: Any, world: Any, name: str | None) -> None:
    asking = browser.as_(world.people[name]) if name else browser.as_guest()
    asking.cookies["seen"] = "1"
    waiting = [world.sample(route.name)[0] for route in all_routes() if not route.writes]
    before, opened = stored(db), set()
    while waiting and len(opened) < MOST_PAGES:
        path = waiting.pop(0)
        if path in opened:
            continue
        opened.add(path)
        answer = asking.get(path)
        assert answer.status < 500, path
        asking.send("GET", path, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
        asking.send("HEAD", path)
        waiting += links_in(answer)
    assert len(opened) >= len([route for route in all_routes() if not route.writes]) - 2
    after = stored(db)
    changed = {table: after[table] ^ rows for table, rows in before.items() if after[table] != rows}
    assert not changed


def test_the_samples_know_every_page() -> None:
    assert {route.name for route in all_routes() if not route.writes} <= set(SAMPLES)
