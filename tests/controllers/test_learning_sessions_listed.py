"""The lists of one's sessions: those of the side one looks from, counted, and page by page."""

from datetime import timedelta

from app.clock import now
from db.models.accounts import Side
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot

HOUR = timedelta(hours=1)


def test_the_lists_follow_the_side_and_have_as_many_as_they_say(browser, db, sofia, carla):
    agreed = make_contract(db, sofia, carla, sessions=3)
    bring(db, agreed, 1, to=SessionStatus.ENDED)
    bring(db, agreed, 2, to=SessionStatus.PROPOSED)
    tabs = {"": "1", "?list=waiting": "2", "?list=open": "0", "?list=past": ""}
    bring(db, agreed, 3, to=SessionStatus.SCHEDULED)
    for address, number in tabs.items():
        page = browser.as_(sofia).get(f"/sessions{address}")
        current = page.one("#sessions nav [aria-current]").get_text(" ").split()
        assert current[-1] == number or not number
        assert len(page.all("article")) == int(number or 1)
    assert "Waits for Sofia" in browser.as_(carla).get("/sessions?list=open").text
    assert browser.as_(carla).get("/sessions?list=waiting").says("Nothing waits for you")


def test_a_list_goes_on(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla, sessions=23)
    for number in range(1, 24):
        start = on_the_slot(now() + number * 24 * HOUR)
        bring(db, contract, number, to=SessionStatus.SCHEDULED, starts_at=start)
    page = browser.as_(sofia).get("/sessions")
    assert len(page.all("article")) == 20
    assert len(page.click("Show 20 more").all("article")) == 3


def test_dora_finds_what_waits_for_her_other_side(browser, db, dora, carla):
    """Rights never follow the side one looks from."""
    dora.role_view = Side.COACH
    learns = make_contract(db, dora, carla, sessions=1)
    bring(db, learns, to=SessionStatus.PROPOSED)
    page = browser.as_(dora).get("/sessions?list=waiting")
    assert page.all("article") == [] and page.says("Your sessions as a student")
    assert page.says("1 waiting for you")
    assert len(page.click("Your sessions as a student").all("article")) == 1
    assert browser.as_(dora).get("/sessions?side=nobody").status == 404
