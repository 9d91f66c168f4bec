"""What staff have settled only ever grows: its list and number read a part of it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from app.access.contract_scopes import reported_sessions
from app.clock import now
from db.models.session_states import SessionStatus
from db.queries import session_outcomes
from db.queries.search_options import Count
from tests.contract_factories import bring, make_contract, on_the_slot


@pytest.fixture
def visible(db, sofia, carla, mina, viewer):
    """Five sessions that were reported and settled, and one that was never reported."""
    contract = make_contract(db, sofia, carla)
    for number in range(1, 7):
        at = on_the_slot(now() - timedelta(days=number))
        but = {} if number == 6 else {"reported_at": now(), "reported_by": "student"}
        bring(db, contract, number, to=SessionStatus.RESOLVED, starts_at=at, **but)
    return reported_sessions(viewer(mina))


def test_not_all_that_was_settled_is_counted(browser, db, visible, mina, monkeypatch):
    assert session_outcomes.decided_count(db, visible) == Count(5)
    monkeypatch.setattr(session_outcomes, "MOST_COUNTED", 4)
    assert session_outcomes.decided_count(db, visible) == Count(4, is_more=True)
    assert browser.as_(mina).get("/admin/sessions").says("Settled 4+")


def test_what_was_never_reported_is_not_read(db, visible):
    asked = []

    def note(connection, cursor, statement, values, *_):
        asked.append((statement, values))

    if db.get_bind().dialect.name != "sqlite":
        db.execute(text("SET LOCAL enable_seqscan = off"))  # there are six
    event.listen(db.connection(), "before_cursor_execute", note)
    session_outcomes.reported(db, visible, waits=False)
    session_outcomes.decided_count(db, visible)
    event.remove(db.connection(), "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if db.get_bind().dialect.name == "sqlite" else "EXPLAIN"
    assert len(asked) == 2
    for statement, values in asked:
        plan = db.connection().exec_driver_sql(f"{explain} {statement}", values).all()
        assert "ix_learning_sessions_reported_at" in str(plan), plan
