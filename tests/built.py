"""Databases into which people or a whole world were put once, kept for the tests that follow.

Putting them there takes longer than most tests about them do. Every test finds them untouched, as
what a test does there is rolled back.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import Database
from db.models.accounts import Account
from db.models.outgoing_mail import OutgoingMail
from tests.access.others import others as make_others
from tests.factories import make_letter
from tests.people import CAST, FIXTURES, make_person
from tests.queries.library import make_library
from tests.worlds import World, build

Ids = dict[str, dict[str, Any]]
# As many as tests in a row go back and forth between; of a server each holds connections.
MOST = {"sqlite": 20, "postgresql": 8}


def people_in(db: Session, names: tuple[str, ...]) -> Ids:
    return {"people": {name: make_person(db, name).id for name in names}}


def world_in(db: Session) -> Ids:
    return {"sofias": build(db)}


def library_in(db: Session) -> Ids:
    made = people_in(db, ("sofia", "carla"))
    return made | {"library": make_library(db, db.get_one(Account, made["people"]["sofia"]))}


def others_in(db: Session) -> Ids:
    made = world_in(db)
    return made | make_others(db, World(cast_in(db), made["sofias"]))


# What a test finds in its database if it names this fixture; the first one that it names counts.
BUILDERS: dict[str, Callable[[Session], Ids]] = {
    "others": others_in,
    "world": world_in,
    "library": library_in,
    "everybody": partial(people_in, names=tuple(CAST)),
}


class Built:
    """A database, and the numbers of what was put into it."""

    def __init__(self, stack: ExitStack, database: Database, ids: Ids) -> None:
        self.stack = stack
        self.database = database
        self.ids = ids


class Kept:
    """Those that were asked for last."""

    def __init__(self, engines: Any, most: int) -> None:
        self.engines = engines
        self.most = most
        self.built: OrderedDict[Any, Built] = OrderedDict()

    def of(self, key: Any, builder: Callable[[Session], Ids]) -> Built:
        if key not in self.built:
            self.let_go(self.most - 1)
            stack = ExitStack()
            database = stack.enter_context(self.engines.database(migrated=True))
            with database.writing() as db:
                ids = builder(db)
            self.built[key] = Built(stack, database, ids)
        self.built.move_to_end(key)
        return self.built[key]

    def let_go(self, but: int) -> None:
        while len(self.built) > but:
            self.built.popitem(last=False)[1].stack.close()


@pytest.fixture(scope="session")
def kept(pytestconfig: pytest.Config, engines: Any) -> Iterator[Kept]:
    kept = Kept(engines, MOST[pytestconfig.getoption("--database")])
    yield kept
    kept.let_go(0)


@pytest.fixture
def built(request: pytest.FixtureRequest, kept: Kept) -> Built | None:
    """What was put into this test's database beforehand; none if it names nobody."""
    names = request.fixturenames
    if "real_database" in names:
        return None
    for name, builder in BUILDERS.items():
        if name in names:
            assert not time_machine.escape_hatch.is_travelling(), "later tests would find it so"
            return kept.of(name, builder)
    # A test's own Petra, say, is made by the test.
    defined = request.node._fixtureinfo.name2fixturedefs
    people = tuple(name for name in names if name in FIXTURES and len(defined[name]) == 1)
    # Who is made in another time is made for this test alone.
    if not people or time_machine.escape_hatch.is_travelling():
        return None
    return kept.of(people, partial(people_in, names=people))


def cast_in(db: Session) -> dict[str, Account]:
    found = {account.email: account for account in db.scalars(select(Account))}
    return {name: found[f"{name}@skileez.example"] for name in CAST}


@pytest.fixture
def everybody(built: Built, db: Session) -> dict[str, Account]:
    """The whole cast, in this test's session."""
    return cast_in(db)


@pytest.fixture
def world(built: Built, db: Session, settings: Any) -> World:
    """The world in this test's session."""
    ids = built.ids["sofias"]
    letter = make_letter(db.get_one(OutgoingMail, ids["mail"]), settings)
    return World(cast_in(db), ids | {"demo_mail": letter.name})


@pytest.fixture
def others(built: Built, world: World) -> Ids:
    """What stands for the samples' names, by whose it is: Sofia's, Sam's or nobody's."""
    return {whose: world.ids | ids for whose, ids in built.ids.items()}
