"""Whoever ends sign-ins at the same moment waits for the other, and neither is refused."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.actions.sign_ins import MOST, begin_sign_in
from db.models.sign_ins import SignIn
from db.queries.accounts import Credentials
from tests.conftest import settings_for
from tests.factories import PASSWORD, make_sign_in

TIMES = 6
MANY = 30


@pytest.fixture
def settings(database, tmp_path):
    """Of a node with one worker, in whose line all of them find a place."""
    return settings_for(database, tmp_path, WORKERS="1")


@pytest.fixture
def browsers(real_database, browser, sofia):
    """Several browsers Sofia is signed in with."""
    first = browser.as_(sofia)
    others = []
    for _ in range(2 * TIMES):
        twin = browser.as_guest()
        twin.post("/sign-in", {"email": sofia.email, "password": PASSWORD})
        others.append(twin)
    return [first, *others]


def test_everywhere_else_from_everywhere_at_once(browsers, db):
    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(lambda one: one.post("/settings/sign-ins/end-others"), browsers))
    assert {answer.status for answer in answers} == {303}
    assert any(answer.leads_to("/settings/sign-ins") for answer in answers)
    assert db.query(SignIn).count() == 1


def test_thirty_at_once_leave_twenty(real_database, browser, db, sofia):
    db.commit()
    sent = {"email": sofia.email, "password": PASSWORD}

    def sign_in(_):
        asking = browser.as_guest()
        return asking, asking.post("/sign-in", sent)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(sign_in, range(MANY)))
    assert [answer.status for _, answer in answers] == [303] * MANY
    assert db.query(SignIn).count() == MOST
    assert sum(asking.get("/dashboard").is_good for asking, _ in answers) == MOST


def test_thirty_at_once_on_many_nodes_leave_twenty(real_database, db, sofia):
    """A node signs people in one after the other; several nodes do not wait for each other."""
    known = Credentials(sofia.id, sofia.password_hash)
    db.commit()
    ready = threading.Barrier(MANY)

    def sign_in(_):
        ready.wait()
        with real_database.writing() as own:
            return begin_sign_in(own, known, remember=False, browser="Tests/1.0")

    with ThreadPoolExecutor(MANY) as pool:
        tokens = set(pool.map(sign_in, range(MANY)))
    assert len(tokens) == MANY
    assert db.query(SignIn).count() == MOST


def test_a_new_password_a_new_sign_in_and_an_end_at_once(browsers, db, sofia):
    news = {"password": "four quiet green chairs"}
    again = {"email": sofia.email, "password": PASSWORD}
    ended = [make_sign_in(db, sofia).id for _ in range(TIMES)]
    db.commit()
    deeds = []
    for number in range(TIMES):
        one, two, three = browsers[number], browsers[-1 - number], browsers[TIMES]
        deeds += [
            lambda one=one: one.post("/settings/password", news),
            lambda two=two: two.post("/sign-in", again),
            lambda three=three, end=ended[number]: three.post(f"/settings/sign-ins/{end}/end"),
        ]
    with ThreadPoolExecutor(len(deeds)) as pool:
        answers = list(pool.map(lambda deed: deed(), deeds))
    assert {answer.status for answer in answers} <= {303, 404, 422, 429}
