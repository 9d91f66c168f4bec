"""Beside a thread stands what the two share, with what can be done about it next."""

import pytest

from db.models.proposals import ProposalStatus
from tests.factories import make_message, make_proposal, make_request, make_thread


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    return thread


@pytest.fixture
def proposal(db, sofia, carla):
    wanted = make_request(db, sofia, title="Spanish for Madrid")
    return make_proposal(db, wanted, carla, sessions=6, price=1850)


def beside(browser, person, thread):
    return browser.as_(person).get(f"/messages/{thread.id}").one("#about")


def test_sofia_reads_the_terms_and_goes_to_where_she_accepts(browser, thread, proposal, sofia):
    about = beside(browser, sofia, thread)
    for words in ("Spanish for Madrid", "6 × 60 minutes", "$18.50 each", "$111", "Waiting for you"):
        assert words in about.get_text()
    link = about.select_one(f"a[href='/proposals/{proposal.id}']")
    assert link.get_text() == "Open the proposal"


@pytest.mark.parametrize(
    ("status", "said"),
    [(ProposalStatus.SUBMITTED, "Sent"), (ProposalStatus.SHORTLISTED, "Shortlisted")],
)
def test_carla_reads_how_hers_stands_and_may_change_it(
    browser, thread, proposal, carla, status, said
):
    proposal.status = status
    about = beside(browser, carla, thread)
    assert said in about.get_text()
    link = about.select_one(f"a[href='/proposals/{proposal.id}']")
    assert link.get_text() == "Change or withdraw"


def test_one_that_has_ended_is_not_there(browser, thread, proposal, sofia, carla):
    proposal.status = ProposalStatus.WITHDRAWN
    for person in (sofia, carla):
        assert "Spanish for Madrid" not in beside(browser, person, thread).get_text()


def test_a_new_proposal_stands_below_what_is_agreed(browser, db, thread, proposal, sofia, carla):
    agreed = make_proposal(
        db, make_request(db, sofia, title="French"), carla, status=ProposalStatus.ACCEPTED
    )
    thread.proposal_id = agreed.id
    words = beside(browser, sofia, thread).get_text()
    assert 0 < words.index("French") < words.index("Spanish for Madrid")


def test_cole_sees_nothing_of_carlas_proposal(browser, db, thread, proposal, sofia, cole):
    other = make_thread(db, sofia, cole)
    for person in (sofia, cole):
        assert "Spanish for Madrid" not in beside(browser, person, other).get_text()
