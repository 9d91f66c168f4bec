"""The page of a contract is whole, and its history says what both may read and nothing more."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, text

from app.clock import now
from app.events import record
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.session_states import SessionStatus
from db.queries import contract_history, viewers
from tests.contract_factories import bring, make_contract, make_payment, make_review
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


def test_its_history_is_found_among_the_events_of_many(browser, database, db, agreed, sofia):
    """Never by reading every event there is."""
    one = {"at": now(), "name": "session.offered", "subject": "session"}
    db.execute(insert(Event), [one | {"subject_id": 10_000 + number} for number in range(5000)])
    db.execute(text("ANALYZE"))
    db.commit()
    sent = []

    def note(*about):
        sent.append(about[2:4])

    event.listen(database.engine, "before_cursor_execute", note)
    browser.as_(sofia).get(f"/contracts/{agreed.id}")
    event.remove(database.engine, "before_cursor_execute", note)
    [(words, values)] = [one for one in sent if "FROM events" in one[0]]
    how = "EXPLAIN QUERY PLAN" if db.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    plan = [row[-1] for row in db.connection().exec_driver_sql(f"{how} {words}", values)]
    assert any("ix_events_subject" in step for step in plan), plan
    assert not any("SCAN events" in step or "Seq Scan on events" in step for step in plan), plan


def test_everything_that_a_history_tells_has_its_words(browser, db, sofia, carla):
    over = make_contract(db, sofia, carla, status=ContractStatus.COMPLETED, sessions=1)
    things = {
        "contract": over,
        "session": bring(db, over, to=SessionStatus.COMPLETED),
        "payment": make_payment(db, over),
        "review": make_review(db, over, sofia),
    }
    by = viewers.of_account(db, sofia.id)
    for name in contract_history.TOLD:
        record(db, name, by=by, side=Side.STUDENT, subject=things[name.split(".")[0]])
    page = browser.as_(carla).get(f"/contracts/{over.id}")
    older = browser.as_(carla).get(page.one("#history-list-pager a")["href"])
    shown = [*page.texts("#history-list li"), *older.texts("#history-list li")]
    assert len(shown) == len(contract_history.TOLD)
