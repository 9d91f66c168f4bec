"""The page of a contract is whole, and its history says what both may read and nothing more."""

from datetime import timedelta

import pytest

from app.clock import now
from app.events import record
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.session_states import SessionStatus
from db.queries import viewers
from tests.contract_factories import bring, make_contract, make_review
from tests.statements import statements


@pytest.fixture
def agreed(db, sofia, carla):
    return make_contract(db, sofia, carla, sessions=3)


def test_everything_about_it_stands_on_one_page(browser, db, agreed, sofia):
    bring(db, agreed, 1, to=SessionStatus.COMPLETED)
    bring(db, agreed, 2, to=SessionStatus.PROPOSED)
    page = browser.as_(sofia).get(f"/contracts/{agreed.id}")
    assert {"Waiting for you", "Sessions", "Progress", "What you agreed", "History"} <= set(
        page.texts("main h2")
    )
    assert len(page.all("#sessions > li")) == 3
    assert page.one(".bar")["aria-label"] == "1 of 3 sessions done"
    assert len(page.all(".bar .done")) == 1
    assert page.has(f'a[href="/requests/{agreed.request_id}"]')
    assert page.has(f'a[href="/proposals/{agreed.proposal_id}"]')


def test_a_completed_one_offers_nothing_to_be_done_to_it(browser, db, sofia, carla):
    over = make_contract(db, sofia, carla, status=ContractStatus.COMPLETED)
    page = browser.as_(sofia).get(f"/contracts/{over.id}")
    assert page.says("All sessions are over.")
    assert not page.has("form[action$='/end']") and not page.has("form[action$='/pause']")


def test_the_history_tells_nothing_of_a_sealed_review(browser, db, sofia, carla):
    over = make_contract(db, sofia, carla, status=ContractStatus.COMPLETED)
    review = make_review(db, over, sofia)
    by = viewers.of_account(db, sofia.id)
    record(db, "review.written", by=by, side=Side.STUDENT, subject=review)
    page = browser.as_(carla).get(f"/contracts/{over.id}")
    assert "review" not in " ".join(page.texts("#history-list li")).lower()
    review.published_at = now()
    record(db, "review.published", by=None, subject=review)
    page = browser.as_(carla).get(f"/contracts/{over.id}")
    assert "A review was published" in " ".join(page.texts("#history-list li"))


def test_a_long_history_is_read_page_by_page(browser, db, agreed, sofia):
    by = viewers.of_account(db, sofia.id)
    for _ in range(25):
        record(db, "contract.paused", by=by, side=Side.STUDENT, subject=agreed)
    sofias = browser.as_(sofia)
    page = sofias.get(f"/contracts/{agreed.id}")
    assert len(page.all("#history-list li")) == 20
    older = sofias.get(page.one("#history-list-pager a")["href"])
    assert len(older.all("#history-list li")) == 5
    part = browser.htmx.as_(sofia).get(page.one("#history-list-pager a")["href"])
    assert part.one("#history")


def test_its_statements_do_not_grow_with_its_sessions(browser, database, db, sofia, carla):
    def sent(sessions):
        contract = make_contract(db, sofia, carla, sessions=sessions)
        for number in range(1, sessions + 1):
            at = (now() - timedelta(days=30 * sessions + number)).replace(
                minute=0, second=0, microsecond=0
            )
            bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=at)
        with statements(database) as found:
            browser.as_(sofia).get(f"/contracts/{contract.id}")
        return len(found)

    sent(1)  # the first visit leaves a mark
    assert sent(2) == sent(20)
