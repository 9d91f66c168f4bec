"""Whoever ends sign-ins at the same moment waits for the other, and neither is refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app import passwords
from app.actions.sign_ins import MOST
from app.clock import now
from app.tokens import hashed, new_token
from app.web.sign_in import DEVICE
from db.models.devices import Device
from db.models.sign_ins import SignIn
from tests.factories import PASSWORD, make_sign_in

TIMES = 6
MANY = 30


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
    sofia.password_hash = passwords.hashed(PASSWORD)  # one that is not made anew meanwhile
    devices = [make_device(db, sofia) for _ in range(MANY)]  # each with tries of its own
    db.commit()
    sent = {"email": sofia.email, "password": PASSWORD}

    def sign_in(device):
        asking = browser.as_guest()
        asking.cookies[DEVICE] = device
        return asking, asking.post("/sign-in", sent)

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(sign_in, devices))
    assert [answer.status for _, answer in answers] == [303] * MANY
    assert db.query(SignIn).count() == MOST
    assert sum(asking.get("/dashboard").is_good for asking, _ in answers) == MOST


def make_device(db, person):
    token = new_token()
    db.add(Device(account_id=person.id, token_hash=hashed(token), created_at=now(), seen_at=now()))
    return token


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
