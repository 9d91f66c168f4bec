"""What ends a session keeps to the table of moves, and posts at most once."""

from datetime import timedelta

import pytest
import time_machine

from app.access.enforce import may
from app.actions.session_outcomes import (
    catch_up,
    confirm_session,
    decide_session,
    mark_no_show,
    report_problem,
    reverse_session,
    waive_session,
)
from app.errors import WrongState
from app.forms.session_outcomes import DecideForm, NoShowForm, ProblemForm, ReverseForm
from db.models.ledger import LedgerTransaction
from db.models.moves import WrongMove
from db.models.session_states import FINISHED, SessionStatus
from tests.contract_factories import bring, make_contract
from tests.people import as_viewer

REASON = "Both say that the line was gone after ten minutes."
PROBLEM = ProblemForm(text=REASON)
DECISION = DecideForm(outcome=SessionStatus.COMPLETED, reason=REASON)


@pytest.fixture
def contract(db, sofia, carla):
    return make_contract(db, sofia, carla)


@pytest.mark.parametrize("status", FINISHED)
def test_nothing_changes_a_session_of_sofias_that_is_finished(
    db, contract, sofia, carla, mina, status
):
    session, me, her = bring(db, contract, to=status), as_viewer(db, sofia), as_viewer(db, carla)
    for deed in (
        lambda: confirm_session(db, contract, session, by=me),
        lambda: mark_no_show(db, contract, session, NoShowForm(), by=me),
        lambda: report_problem(db, contract, session, PROBLEM, by=me),
        lambda: waive_session(db, contract, session, by=her),
        lambda: decide_session(db, contract, session, DECISION, by=as_viewer(db, mina)),
    ):
        with pytest.raises((WrongMove, WrongState)):
            deed()
    catch_up(db, contract, session)
    assert session.status is status and not db.query(LedgerTransaction).count()


@pytest.mark.parametrize("status", [SessionStatus.UNSCHEDULED, SessionStatus.SCHEDULED])
def test_carla_ends_nothing_that_is_still_ahead(db, contract, sofia, carla, status):
    session = bring(db, contract, to=status)
    with pytest.raises(WrongMove):
        confirm_session(db, contract, session, by=as_viewer(db, sofia))
    with pytest.raises(WrongState):
        mark_no_show(db, contract, session, NoShowForm(), by=as_viewer(db, carla))
    with pytest.raises(WrongMove):
        report_problem(db, contract, session, PROBLEM, by=as_viewer(db, carla))
    assert session.status is status


def test_what_posted_nothing_is_not_taken_back(db, contract, mina):
    session = bring(db, contract, to=SessionStatus.RESOLVED)
    with pytest.raises(WrongState):
        reverse_session(db, contract, session, ReverseForm(reason=REASON), by=as_viewer(db, mina))


@pytest.mark.parametrize(
    ("verb", "minutes", "may_do"),
    [
        ("no_show", 9.99, False), ("no_show", 10, True), ("no_show", 60 + 72 * 60, False),
        ("confirm", 59.99, False), ("confirm", 60, True), ("confirm", 60 + 72 * 60, False),
        ("problem", 60, True), ("problem", 59.99 + 72 * 60, True), ("problem", 60 + 72 * 60, False),
    ],
)  # fmt: skip
def test_sofia_may_say_it_to_the_second(db, contract, sofia, verb, minutes, may_do):
    session = bring(db, contract, to=SessionStatus.SCHEDULED)
    db.refresh(session, ["contract"])
    assert session.starts_at
    with time_machine.travel(session.starts_at + timedelta(minutes=minutes), tick=False):
        assert may(as_viewer(db, sofia), f"session.{verb}", session) is may_do
