"""The side one looks from grants nothing: whoever has both gets the same answers from either."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from db.models.accounts import Side
from db.models.learning_requests import ScreeningQuestion
from db.queries import viewers
from tests.factories import make_message, make_proposal, make_request, make_thread
from tests.house.filled import filled_in
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES

WRITES = {route.name: route.writes for route in all_routes()}


@contextmanager
def taken_back(connection):
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


@pytest.fixture
def hers(db, world):
    """What is Dora's on both of her sides, under the samples' names, beside what is others'."""
    dora, sam, carla = (world.people[name] for name in ("dora", "sam", "carla"))
    wanted = make_request(db, dora)
    thread = make_thread(db, dora, carla)
    make_message(db, thread, dora)
    own = {
        "request": wanted.id, "proposal": make_proposal(db, wanted, carla).id,
        "thread": thread.id, "student": dora.id, "coach": "dora-lindqvist",
    }  # fmt: skip
    taught = {"proposal": make_proposal(db, make_request(db, sam), dora).id}
    return [world.ids, world.ids | own, world.ids | taught]


@pytest.mark.parametrize("name", sorted(name for name, (_, who) in SAMPLES.items() if who))
def test_dora_gets_the_same_answer_from_both_sides(browser, database, db, world, hers, name):
    dora = world.people["dora"]
    question = db.scalars(select(ScreeningQuestion.id)).first()
    for ids in hers:
        path = SAMPLES[name][0].format(**ids)
        found = set()
        for side in Side:
            db.add(dora)
            dora.role_view = side
            asking = browser.as_(dora)  # a new one: the last answer may have set cookies
            browser.settle()
            assert viewers.of_account(db, dora.id).role_view is side
            db.close()
            with taken_back(database._outer):
                typed = filled_in(name, question, ids)
                answer = asking.post(path, typed) if WRITES[name] else asking.get(path)
                # What is new has a number of its own each time.
                found.add((answer.status, re.sub(r"\d+", "0", answer.location or "")))
        assert len(found) == 1, f"{path}: {found}"
