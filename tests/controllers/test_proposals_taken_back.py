"""What Sofia sees of a proposal that Carla took back: its words only if she had read them."""

import pytest

from app.clock import now
from db.models.events import Event
from db.models.proposals import ProposalStatus
from tests.factories import make_proposal, make_request

WORDS = "We would begin with markets and trains, and correct as we go along, twice a week."


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def withdrawn(db, wanted, coach, **but):
    told = {"message": WORDS, "price": 1750, "links": ["https://example.org/plan"]}
    return make_proposal(db, wanted, coach, status=ProposalStatus.WITHDRAWN, **told, **but)


def test_what_was_taken_back_unread_stays_unread(browser, db, wanted, sofia, carla):
    proposal = withdrawn(db, wanted, carla)
    for path in (f"/requests/{wanted.id}/proposals", f"/proposals/{proposal.id}"):
        page = browser.as_(sofia).get(path)
        assert page.says("Taken back before you read it.") and page.says("Withdrawn")
        for words in (WORDS, "17.50", "example.org"):
            assert not page.says(words)
    browser.settle()
    db.refresh(proposal)
    assert proposal.first_viewed_at is None and proposal.seen_version == 0
    assert not db.query(Event).filter_by(name="proposal.viewed").count()
    own = browser.as_(carla).get(f"/proposals/{proposal.id}")
    assert own.says(WORDS) and own.says("Not yet")


def test_what_was_taken_back_unread_is_not_compared(browser, db, wanted, sofia, carla, cole, dora):
    gone = withdrawn(db, wanted, carla)
    others = [make_proposal(db, wanted, coach) for coach in (cole, dora)]
    chosen = "&".join(f"proposal={one.id}" for one in (gone, *others))
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals/compare?{chosen}")
    assert len(page.all("thead th")) == 2 and not page.says(WORDS)


def test_what_she_had_read_can_be_read_again(browser, db, wanted, sofia, carla):
    proposal = withdrawn(db, wanted, carla, first_viewed_at=now(), seen_version=1)
    page = browser.as_(sofia).get(f"/proposals/{proposal.id}")
    assert page.says(WORDS) and not page.says("Taken back before you read it.")
