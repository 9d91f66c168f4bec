"""Sofia confirms, Carla reports and 72 hours pass, all at the same moment.

Twenty times, two hundred in `./test full`. Who is first is left to chance. That a session counts
once or not at all, that the loser reads why, and that its history leads from one state to the
next, is not.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.clock import now
from app.jobs.learning_sessions import keep_sessions_up
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerTransaction
from db.models.session_states import MOVES, SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.patience import PATIENCE
from tests.thorough import ROUNDS

pytestmark = pytest.mark.usefixtures("real_database")

ENDED, COMPLETED, PROBLEM = SessionStatus.ENDED, SessionStatus.COMPLETED, SessionStatus.PROBLEM
WORDS = "Sofia was not there for the second half."
SOON = [timedelta(milliseconds=n) for n in (0, 5, 10, 20, 40, 80, 1000)]  # until 72 hours are over


@dataclass(frozen=True)
class Over:
    """A session that is over."""

    number: int
    session: int


@pytest.fixture
def over(db, sofia, carla):
    contract = make_contract(db, sofia, carla, sessions=ROUNDS)
    start, later = on_the_slot(now() - timedelta(hours=2)), now() + timedelta(days=1)
    found = []
    for number in range(1, ROUNDS + 1):
        start -= timedelta(hours=2)
        found.append(bring(db, contract, number, to=ENDED, starts_at=start, confirm_by=later))
    return contract, [Over(number, one.id) for number, one in enumerate(found)]


def soon(here):
    return SOON[here.number % len(SOON)]


def one_is_sure(rounds, confirms, reports):
    """The same two; where there is most time, the report waits: that it loses happens anywhere."""
    confirmed = {here: threading.Event() for here in rounds}

    def first(here):
        came = confirms(here)
        confirmed[here].set()
        return came

    def then(here):
        if soon(here) is SOON[-1]:
            confirmed[here].wait(PATIENCE)
        return reports(here)

    return first, then


def test_a_session_counts_once_or_not_at_all(
    settings, real_database, db, browser, presses, over, sofia, carla
):
    contract, rounds = over
    confirms, reports = one_is_sure(
        rounds,
        presses(sofia, "/sessions/{session}/confirm"),
        presses(carla, "/sessions/{session}/problem", text=WORDS),
    )
    barrier, stop = threading.Barrier(3, timeout=PATIENCE), threading.Event()
    until = now()

    def pass_time(here):
        while now() <= until:
            keep_sessions_up(settings, real_database, stop)
        keep_sessions_up(settings, real_database, stop)

    def do(deed, here):
        barrier.wait()
        return deed(here)

    won = Counter()
    browser.settle()
    with ThreadPoolExecutor(3) as pool:
        for here in rounds:
            until = now() + soon(here)
            with real_database.writing() as one:
                mine = LearningSession.id == here.session
                one.execute(update(LearningSession).where(mine).values(confirm_by=until))
            deeds = [confirms, reports, pass_time]
            turned = deeds[here.number % 3 :] + deeds[: here.number % 3]
            came = dict(zip(turned, pool.map(do, turned, [here] * 3), strict=True))
            statuses = came[confirms].status, came[reports].status
            assert set(statuses) <= {303, 409}, came
            assert came[reports].status == 303 or "completed" in came[reports].text
            won[statuses] += 1
    keep_sessions_up(settings, real_database, stop)  # whom it found held, it skipped
    check(db, contract, rounds)
    assert won[303, 409] and won[409, 409], won


def check(db, contract, rounds):
    db.expire_all()
    posted = Counter(db.scalars(select(LedgerTransaction.session_id)))
    for here in rounds:
        session = db.get_one(LearningSession, here.session)
        assert session.status in (COMPLETED, PROBLEM)
        assert posted[session.id] == (session.status is COMPLETED)
        status = ENDED
        history = select(Event).where(Event.subject == "session", Event.subject_id == session.id)
        for event in db.scalars(history.order_by(Event.id)):
            assert event.from_status == status and event.to_status in MOVES[status]
            status = SessionStatus(event.to_status)
        assert status is session.status
    is_done = all(posted[here.session] for here in rounds)
    assert (contract.status is ContractStatus.COMPLETED) is is_done
