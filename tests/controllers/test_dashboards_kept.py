"""Home: its statements are made once for everybody, and each is told of their own all the same."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from app.clock import now
from app.controllers.dashboard_tiles import TILES
from db.models.accounts import Side
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_payment, make_review
from tests.factories import (
    make_bookmark,
    make_coach_skill,
    make_invitation,
    make_message,
    make_proposal,
    make_request,
    make_thread,
)

VISITS = 3  # SQLAlchemy's own way, by what is made for the second, and by the same again


@pytest.fixture
def written(database):
    """The statements that SQLAlchemy was given: all but those that are made, and asked again."""
    given = []
    engines = {database.engine, database.reading_engine}

    def note(connection, statement, *_):
        words = str(statement)
        if "SELECT" in words:
            given.append(words)

    for engine in engines:
        event.listen(engine, "before_execute", note)
    yield given
    for engine in engines:
        event.remove(engine, "before_execute", note)


def settle(db, student, coach, title):
    """Something in every tile of the homes of two people."""
    contract = make_contract(db, student, coach, title=f"{title}, agreed")
    bring(db, contract, 1, to=SessionStatus.PROPOSED, offered_by=Side.STUDENT)
    bring(db, contract, 2, to=SessionStatus.PROPOSED, offered_by=Side.COACH)
    bring(db, contract, 3, to=SessionStatus.SCHEDULED)
    make_payment(db, contract, 4)
    make_review(db, contract, student, published_at=now())
    make_message(db, make_thread(db, student, coach), student, f"{title}, when?")
    answered = make_request(db, student, title=f"{title}, answered", skills=(title,))
    make_proposal(db, answered, coach)
    make_coach_skill(db, coach, title)
    wanted = make_request(db, student, title=f"{title}, wanted", skills=(title,))
    make_bookmark(db, wanted, coach)
    make_invitation(db, wanted, coach)


@pytest.fixture
def pairs(db, sofia, sam, carla, cole):
    """A student and a coach, and two others, by what they talk about."""
    both = {"Bees": (sofia, carla), "Kites": (sam, cole)}
    for title, pair in both.items():
        settle(db, *pair, title)
    return both


@pytest.mark.parametrize("side", Side)
def test_who_comes_again_has_no_statement_written(browser, pairs, written, side):
    person = pairs["Bees"][side is Side.COACH]
    one = browser.as_(person)
    addresses = ["/dashboard", *(f"/dashboard/{side}/{tile}" for tile in TILES[side])]
    for _ in range(2):
        for address in addresses:
            one.get(address)
    written.clear()
    assert one.get("/dashboard").says("Bees")
    for address in addresses[1:]:
        one.htmx.get(f"{address}?after=t")
    assert written == []


@pytest.mark.parametrize("side", Side)
def test_by_turns_each_is_told_of_their_own(browser, pairs, side):
    for _ in range(VISITS):
        for title, pair in pairs.items():
            home = browser.as_(pair[side is Side.COACH]).get("/dashboard")
            told = home.one("main").get_text(" ")
            assert f"{title}, agreed" in told and f"{title}, wanted" in told
            assert [one for one in pairs if one in told] == [title]


@pytest.mark.parametrize("side", Side)
def test_by_turns_each_instant_is_told_of_as_it_is(browser, pairs, side):
    person = pairs["Bees"][side is Side.COACH]
    later = now() + timedelta(days=90)
    told = {now(): [], later: []}
    for _ in range(VISITS):
        for at, found in told.items():
            browser.tokens.clear()
            with time_machine.travel(at, tick=False):
                home = browser.as_(person).get("/dashboard")
                found.append(home.one("main").get_text(" "))
    first, last = told.values()
    assert len({*first}) == 1 and len({*last}) == 1
    assert "Bees, wanted" in first[0] and first != last
