"""The poll of an open thread: one look answers it exactly as the ordinary way would."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Account, AccountStatus
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import make_block, make_message, make_thread
from tests.statements import statements
from tests.tables import rows

SEEN = "2.1.1"


@pytest.fixture
def thread(db, sofia, carla):
    """Both have written, and Carla has read all but the last."""
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    make_message(db, thread, carla, "Would Thursday suit you?")
    thread.student_read, thread.coach_read = 2, 1
    return thread


def poll(browser, thread, told=SEEN, **but):
    headers = {"HX-PTag": told, **but.get("headers", {})}
    return browser.htmx.get(but.get("path", f"/messages/{thread.id}/new"), headers=headers)


def said(answer):
    """What matters of an answer: all but what differs between any two."""
    kept = ("location", "hx-redirect", "hx-ptag", "cache-control", "vary", "content-type")
    bubbles = [tag["id"] for tag in answer.all("li.msg, hx-partial [id]")] if answer.text else []
    return answer.status, {name: answer.headers.get(name) for name in kept}, bubbles


# Every kind of person, thread and sign-in: what is asked of whom, and how.

PEOPLE = ["sofia", "carla", "sam", "cole", "dora", "sid", "mina", "ada"]
STATES = {
    "all is well": lambda db, thread: None,
    "blocked": lambda db, thread: make_block(db, *both(db, thread)[::-1]),
    "blocked back": lambda db, thread: make_block(db, *both(db, thread)),
    "the student is suspended": lambda db, thread: suspend(both(db, thread)[0]),
    "the coach is suspended": lambda db, thread: suspend(both(db, thread)[1]),
    "no contact": lambda db, thread: setattr(thread, "student_wrote_at", None),
    "invited": lambda db, thread: invited(thread),
    "unconfirmed": lambda db, thread: unconfirm(*both(db, thread)),
    "new words": lambda db, thread: make_message(db, thread, both(db, thread)[1]),
    "read on": lambda db, thread: setattr(thread, "coach_read", 2),
    "signed out": lambda db, thread: db.query(SignIn).delete(),
    "run out": lambda db, thread: db.query(SignIn).update({SignIn.expires_at: now()}),
    "idle": lambda db, thread: idle(db, timedelta(hours=12), remember=False),
    "nearly idle": lambda db, thread: idle(db, timedelta(hours=11), remember=False),
    "remembered": lambda db, thread: idle(db, timedelta(days=13), remember=True),
    "forgotten": lambda db, thread: idle(db, timedelta(days=14), remember=True),
}


def both(db, thread):
    return [db.get(Account, key) for key in (thread.student_id, thread.coach_id)]


def suspend(person):
    person.status = AccountStatus.SUSPENDED


def invited(thread):
    thread.student_wrote_at, thread.invited_at = None, now()


def unconfirm(*people):
    for person in people:
        person.email_confirmed_at = None


def idle(db, ago, *, remember):
    db.query(SignIn).update({SignIn.seen_at: now() - ago, SignIn.remember: remember})


def test_one_look_is_enough(app, browser, sofia, thread):
    said_so = []

    def noting(look):
        return lambda asked: said_so.append(look(asked)) or said_so[-1]

    app.polls.looks = [(path, noting(look), route) for path, look, route in app.polls.looks]
    assert poll(browser.as_(sofia), thread, SEEN).status == 204
    assert said_so == [True]


@pytest.mark.parametrize("state", STATES)
def test_one_look_says_what_the_ordinary_way_says(request, app, browser, db, thread, state):
    people = [browser, *(browser.as_(request.getfixturevalue(name)) for name in PEOPLE)]
    db.flush()
    STATES[state](db, thread)
    looks, quick, slow = app.polls.looks, [], []
    for told in (SEEN, "2.1.0", "2.2.0", "9.9.1"):
        for person in people:
            app.polls.looks = looks
            quick.append(said(poll(person, thread, told)))
            app.polls.looks = []
            slow.append(said(poll(person, thread, told)))
            if state in ("all is well", "new words"):
                db.refresh(thread)
                thread.student_read, thread.coach_read = 2, 1
    assert quick == slow
    assert ((204, None) in {(one[0], one[1]["location"]) for one in quick}) is (
        state not in ("signed out", "run out", "idle", "forgotten")
    )


@pytest.mark.parametrize(
    "path", ["/messages/0/new", "/messages/01/new", "/messages/9223372036854775808/new",
             "/messages/x/new", "/messages/-1/new", "/messages/%31/new", "/messages/99999/new"],
)  # fmt: skip
def test_odd_addresses_are_not_found_by_either_way(app, browser, thread, sofia, path):
    quick = poll(browser.as_(sofia), thread, path=path)
    app.polls.looks = []
    assert said(quick) == said(poll(browser.as_(sofia), thread, path=path))


@pytest.mark.parametrize("told", ["", "2", "2.1", "2.1.1.1", "x", "2.1.1 ", "2-1", "²", "2..1"])
def test_odd_cursors_are_answered_as_ever(app, browser, thread, sofia, told):
    quick = poll(browser.as_(sofia), thread, told.encode())
    app.polls.looks = []
    assert said(quick) == said(poll(browser.as_(sofia), thread, told.encode()))


@pytest.mark.parametrize(
    "cookie", ["{c}={t}; {c}={t}", " {c}={t}", "x=1;{c}={t}", '{c}="{t}"', "{c}={t}x", "{c}=",
               "{c}=" + "A" * 43, "x{c}={t}"],
)  # fmt: skip
def test_planted_and_doubled_cookies_sign_nobody_in(app, browser, thread, sofia, cookie):
    sofias = browser.as_(sofia)
    token = sofias.cookies[COOKIE]
    headers = {"Cookie": cookie.format(c=COOKIE, t=token)}
    quick = poll(sofias, thread, headers=headers)
    app.polls.looks = []
    assert said(quick) == said(poll(sofias, thread, headers=headers))
    assert quick.status != 204


# What it costs.


def test_an_idle_poll_is_one_statement_and_changes_nothing(browser, db, database, thread, sofia):
    sofias = browser.as_(sofia)
    db.flush()
    db.query(SignIn).update({SignIn.seen_at: now() - timedelta(hours=1)})
    before = rows(db)
    with statements(database) as sent:
        assert poll(sofias, thread).is_nothing_new
    looks = [one for one in sent if one.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert len([one for one in looks if "token_hash" in one]) == 1
    assert len(looks) - len([one for one in looks if "events" in one]) <= 2
    assert rows(db) == before


def test_a_database_that_fails_once_leaves_it_to_the_ordinary_way(app, browser, thread, sofia):
    def broken(statement, values):
        raise app.polls.database.engine.dialect.loaded_dbapi.OperationalError("gone")

    sofias = browser.as_(sofia)
    app.polls.database.glance = broken
    assert poll(sofias, thread).is_nothing_new


# Whether one may write.


def test_who_is_blocked_reads_so_in_place_of_the_composer(browser, db, thread, sofia, carla):
    sofias = browser.as_(sofia)
    page = sofias.get(f"/messages/{thread.id}")
    assert page.has("form#composer") and page.one("[data-every='3']")["hx-ptag"] == SEEN
    make_block(db, carla, sofia)
    answer = poll(sofias, thread)
    assert [tag["hx-target"] for tag in answer.all("hx-partial")] == ["#composer"]
    assert answer.has("p#composer") and answer.headers["hx-ptag"] == "2.1.0"
    assert poll(sofias, thread, "2.1.0").is_nothing_new


def test_who_may_write_again_gets_the_composer_of_the_page(browser, db, thread, sofia, carla):
    thread.student_wrote_at = None
    carlas = browser.as_(carla)
    page = carlas.get(f"/messages/{thread.id}")
    assert page.has("p#composer")
    told = page.one("[data-every='3']")["hx-ptag"]
    assert told == "2.2.0"
    make_message(db, thread, sofia, "Then tell me more")
    thread.student_wrote_at = now()
    answer = poll(carlas, thread, told)
    assert answer.says("Then tell me more") and answer.has("form#composer textarea")
    standing = carlas.get(f"/messages/{thread.id}").one("form#composer")
    assert answer.one("form#composer")["hx-post"] == standing["hx-post"]
