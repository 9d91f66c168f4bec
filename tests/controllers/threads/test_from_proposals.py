"""Whoever received a proposal writes to its coach from there, unless they may not."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from tests.factories import make_block, make_proposal, make_request, make_thread

FIRST = "a[href='/coaches/carla-ruiz/message']"


@pytest.fixture
def proposal(db, sofia, carla):
    return make_proposal(db, make_request(db, sofia), carla)


@pytest.fixture
def pages(browser, proposal, sofia):
    """The proposal alone and among all, as Sofia sees them."""

    def open_both():
        for path in (f"/proposals/{proposal.id}", f"/requests/{proposal.request_id}/proposals"):
            yield browser.as_(sofia).get(path)

    return open_both


def test_sofia_writes_first_from_a_proposal_and_from_the_list(pages):
    for page in pages():
        assert page.one(FIRST).get_text(strip=True) == "Write to this coach"
        assert page.click("Write to this coach").form("first-message")


def test_with_a_thread_she_goes_straight_there(db, pages, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for page in pages():
        assert not page.has(FIRST)
        assert page.click("Write to this coach").form("composer").action == f"/messages/{thread.id}"


def test_not_to_a_coach_who_is_not_approved_any_more(db, pages, carla):
    db.get(CoachProfile, carla.id).status = CoachStatus.SUSPENDED
    assert not any(page.has(FIRST) for page in pages())


def test_not_to_one_who_is_suspended(db, pages, carla):
    carla.status = AccountStatus.SUSPENDED
    assert not any(page.has(FIRST) for page in pages())


@pytest.mark.parametrize("by_coach", [True, False])
def test_not_after_a_block_whoever_blocked(db, pages, sofia, carla, by_coach):
    make_block(db, *((carla, sofia) if by_coach else (sofia, carla)))
    assert not any(page.has(FIRST) for page in pages())


def test_not_before_the_address_is_confirmed(db, pages, sofia):
    sofia.email_confirmed_at = None
    assert not any(page.has(FIRST) for page in pages())


def test_also_after_she_said_no(db, pages, proposal):
    proposal.status = ProposalStatus.DECLINED
    proposal.ended_at = now() - timedelta(days=10)
    assert all(page.has(FIRST) for page in pages())


def test_the_coach_is_offered_no_first_word_to_the_student(browser, proposal, carla):
    page = browser.as_(carla).get(f"/proposals/{proposal.id}")
    assert not page.all("a[href*='/message']:not([href='/messages'])")
