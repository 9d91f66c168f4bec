"""The tiles of a home: each asks by itself, hears nothing until it changes, and is a page too."""

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.proposals import ProposalStatus
from tests.factories import make_bookmark, make_message, make_proposal, make_request, make_thread


def polls(page):
    """What a home asks by itself, as pairs of an address and what it has seen."""
    return {tile["hx-get"]: tile["hx-ptag"] for tile in page.all("main [data-every]")}


def told(hers, address, cursor):
    return hers.htmx.get(f"{address}?after={cursor}")


def test_every_tile_of_carlas_asks_and_hears_nothing_new(browser, db, carla, sofia):
    make_bookmark(db, make_request(db, sofia), carla)
    hers = browser.as_(carla)
    asked = polls(hers.get("/dashboard"))
    assert set(asked) >= {f"/dashboard/coach/{name}" for name in ("waiting", "proposals")}
    for address, cursor in asked.items():
        assert told(hers, address, cursor).status == 204, address


def test_what_has_changed_of_carlas_comes_alone_and_with_a_new_cursor(browser, db, carla, sofia):
    mine = make_proposal(db, make_request(db, sofia), carla)
    hers = browser.as_(carla)
    asked = polls(hers.get("/dashboard"))
    mine.first_viewed_at = now()
    db.flush()
    answers = {address: told(hers, address, cursor) for address, cursor in asked.items()}
    changed = [address for address, answer in answers.items() if answer.status != 204]
    assert changed == ["/dashboard/coach/proposals"]
    answer = answers["/dashboard/coach/proposals"]
    assert answer.has("section#home-proposals") and not answer.has("h1")
    assert answer.headers["HX-PTag"] not in asked.values()


def test_a_message_changes_what_waits_for_sofia(browser, db, sofia, carla):
    hers = browser.as_(sofia)
    asked = polls(hers.get("/dashboard"))
    make_message(db, make_thread(db, sofia, carla), carla, "Shall we begin?")
    answer = told(hers, "/dashboard/student/waiting", asked["/dashboard/student/waiting"])
    assert answer.says("Shall we begin?") and answer.says("1 thread with new messages")
    assert len(hers.get("/messages/unread").all("#list > li, #threads li")) == 1


def test_a_proposal_changes_sofias_requests(browser, db, sofia, carla):
    wanted = make_request(db, sofia)
    hers = browser.as_(sofia)
    asked = polls(hers.get("/dashboard"))
    make_proposal(db, wanted, carla, status=ProposalStatus.SUBMITTED)
    address = "/dashboard/student/requests"
    assert told(hers, address, asked[address]).says("1 new proposal")


def test_in_the_address_bar_a_tile_is_doras_home_on_that_side(browser, db, dora, sofia, carla):
    make_message(db, make_thread(db, dora, carla), carla, "From her coach")
    make_message(db, make_thread(db, sofia, dora), sofia, "From her student")
    dora.role_view = Side.COACH
    hers = browser.as_(dora)
    assert hers.get("/dashboard/coach/waiting").says("From her student")
    page = hers.get("/dashboard/student/waiting")
    assert page.has("h1") and page.says("From her coach") and not page.says("From her student")


@pytest.mark.parametrize("path", ["coach/waiting", "student/nonsense", "nobody/waiting"])
def test_sofia_finds_no_tile_of_a_side_that_is_not_hers(browser, sofia, path):
    assert browser.as_(sofia).get(f"/dashboard/{path}").is_not_found
