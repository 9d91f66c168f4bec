"""Whoever ends sign-ins at the same moment waits for the other, and neither is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from db.models.sign_ins import SignIn
from tests.factories import PASSWORD, make_sign_in

TIMES = 6


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
