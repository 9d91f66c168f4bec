"""Whatever the two, staff and the clock do, one after the other, ends as the table says.

Sequences are drawn with a seed of their own, so that every run walks the same ways.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import time_machine
from sqlalchemy import select, text

from app.access.enforce import require
from app.access.permissions import Permission
from app.errors import NotAllowed, NotFound, Refused, WrongState
from app.jobs.learning_sessions import keep_sessions_up
from app.web import things
from db.models import contracts as contract_table
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.moves import WrongMove
from db.models.session_states import MOVES
from db.queries import learning_sessions
from tests.contract_factories import make_contract
from tests.factories import make_coach, make_student
from tests.people import as_viewer
from tests.session_deeds import OF_CONTRACT, OF_SESSION
from tests.session_model import OVER, Agreement, Meeting, Table

SEEDS, STEPS = (2533, 1217, 534, 529, 1, 2), 80  # between them they take every way there is
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
JUMPS = [
    timedelta(minutes=5),
    timedelta(minutes=10),
    *(timedelta(hours=n) for n in (1, 11, 25, 73)),
]
AHEAD = [timedelta(minutes=5), *(timedelta(hours=n) for n in (1, 3, 13, 30, 60))]
TERMS = [
    {"price": 1800, "currency": "USD", "fee": 1000, "cancellation_hours": 12, "minutes": 60},
    {"price": 5, "currency": "EUR", "fee": 1000, "cancellation_hours": 4, "minutes": 45},
    {"price": 123457, "currency": "USD", "fee": 333, "cancellation_hours": 24, "minutes": 90},
]
REFUSED = (NotAllowed, NotFound, Refused, WrongState, WrongMove)


class Walk:
    """One sequence on the site and, beside it, on the table."""

    def __init__(self, settings: Any, database: Any, seed: int, clock: Any, staff: int) -> None:
        self.settings, self.database, self.clock, self.staff = settings, database, clock, staff
        self.draw, self.now = random.Random(seed), NOON
        with database.writing() as db:
            ana, bo, cy = make_student(db), make_coach(db), make_coach(db)
            # Cy teaches in one contract and learns in another: nobody is in two at once.
            pairs = [(ana, bo), (ana, cy), (cy, bo)]
            made = [
                make_contract(db, *pair, sessions=2, created_at=NOON, **terms)
                for pair, terms in zip(pairs, TERMS, strict=True)
            ]
            self.table = Table([self.agreement(db, one) for one in made])
            self.people = [ana.id, bo.id, cy.id, 0]

    def agreement(self, db: Any, contract: Contract) -> Agreement:
        terms = (contract.price, contract.currency, contract.fee, contract.minutes)
        found = Agreement(
            contract.id, contract.student_id, contract.coach_id, *terms, contract.cancellation_hours
        )
        numbers = db.query(LearningSession.id).filter_by(contract_id=contract.id)
        found.sessions = [Meeting(id_, found) for (id_,) in numbers.order_by(LearningSession.id)]
        return found

    def step(self) -> bool:
        """Do something; whether anything can have changed by it."""
        kind = self.draw.choices(["session", "contract", "jump", "sweep"], [16, 2, 4, 2])[0]
        if kind == "session":
            return self.to_session(*self.chosen())
        if kind == "jump":
            deadlines = [at for one in self.table.meetings for at in one.deadlines if at > self.now]
            on_time = [min(deadlines), self.draw.choice(deadlines)] if deadlines else []
            self.now = self.draw.choice([*on_time, self.now + self.draw.choice(JUMPS)])
            self.clock.move_to(self.now)
            self.table.tick(self.now)
            return True
        self.sweep()
        if kind == "contract":  # now that nothing keeps it running which is over
            [verb] = self.draw.choices(["pause", "resume", "end"], [6, 6, 1])
            agreement = self.draw.choice(self.table.agreements)
            self.to_contract(verb, self.draw.choice(self.people), agreement)
        return True

    def chosen(self) -> tuple[str, int, Meeting, Any]:
        """Some deed; more often one of those that suit how the session stands."""
        session = self.draw.choice(self.table.meetings)
        suits = {
            "unscheduled": ["offer"],
            "proposed": ["agree", "agree", "decline", "take_back", "cancel"],
            "scheduled": ["offer", "cancel", "no_show"], "ended": ["confirm", "problem", "no_show"],
            "completed": ["reverse"],
        }.get(session.status, ["confirm", "waive", "decide"])  # fmt: skip
        verb = self.draw.choice(suits if self.draw.random() < 0.8 else [*OF_SESSION])
        value: Any = None
        if verb == "offer":
            value = self.now + self.draw.choice(AHEAD) * self.draw.choice([1, 1, 1, 1, 0])
        elif verb in ("agree", "decline", "take_back"):
            value = max(1, session.offer - (self.draw.random() < 0.1))
        elif verb == "cancel":
            value = self.draw.choice([0, 1, 1])  # what the page said that it costs
        elif verb == "decide":
            value = self.draw.choice(["completed", "resolved"])
        two = [session.of.student, session.of.coach]
        person = self.draw.choice(two if self.draw.random() < 0.8 else self.people)
        if verb in ("decide", "reverse") and self.draw.random() < 0.8:
            person = 0
        return verb, person, session, value

    def to_session(self, verb: str, person: int, session: Meeting, value: Any) -> bool:
        permission, deed = OF_SESSION[verb]
        done = self.attempt(
            permission, person, LearningSession, session.id,
            lambda db, thing, by: deed(db, thing, by, value),
        )  # fmt: skip
        expected = self.table.to_session(verb, person, session, self.now, value)
        assert done is expected, (verb, person, session, value)
        return done

    def to_contract(self, verb: str, person: int, agreement: Agreement) -> None:
        permission, deed = OF_CONTRACT[verb]
        done = self.attempt(
            permission, person, Contract, agreement.id,
            lambda db, thing, by: deed(db, thing, by=by),
        )  # fmt: skip
        assert done is self.table.to_contract(verb, person, agreement, self.now), (verb, agreement)

    def attempt(
        self, permission: Permission, person: int, model: type, key: int, deed: Callable[..., None]
    ) -> bool:
        """As a request would: whether it may be seen, and done, and what came of it, or nothing."""
        try:
            with self.database.writing() as db:
                viewer = as_viewer(db, db.get(Account, person or self.staff))
                viewer = msgspec.structs.replace(viewer, proved_at=self.now)
                thing = things.by_id(db, viewer, model, str(key), permission, hold=True)
                require(viewer, permission, thing)
                deed(db, thing, viewer)
        except REFUSED:
            return False
        return True

    def sweep(self) -> None:
        keep_sessions_up(self.settings, self.database, threading.Event())

    # What holds after every step.

    def check(self) -> None:
        with self.database.reading() as db:
            self.check_ledger(db, self.check_sessions(db))

    def check_sessions(self, db: Any) -> set[int]:
        """Pages say what the table says; gives back what the clock has yet to write down."""
        by_id = {one.id: one for one in self.table.meetings}
        shown = select(LearningSession, learning_sessions.standing(self.now))
        rows = db.execute(shown.where(LearningSession.id.in_(by_id))).all()
        assert len(rows) == len(by_id)
        lagging = set()
        for kept, standing in rows:
            expected = by_id[kept.id]
            assert standing is kept.status_at(self.now)
            assert (standing.value, kept.starts_at) == (expected.status, expected.starts)
            if kept.status is not standing:
                lagging.add(kept.id)
        stored = {one.id: one.status for one in db.query(Contract.id, Contract.status)}
        for one in self.table.agreements:
            late = lagging & {meeting.id for meeting in one.sessions}
            assert late or stored[one.id].value == one.status
        return lagging

    def check_ledger(self, db: Any, lagging: set[int]) -> None:
        ids = ",".join(str(one.id) for one in self.table.agreements)
        rows = db.execute(text(LINES.format(ids=ids))).all()
        for number in {row.id for row in rows}:
            lines = {row.kind: row.amount for row in rows if row.id == number}
            assert sum(lines.values()) == 0
            assert lines.get("fees", 0) + lines.get("earned", 0) == -lines["spent"]
        times = Counter(
            (row.session_id, row.reverses_id is None) for row in rows if row.kind == "spent"
        )
        assert not times or max(times.values()) == 1
        balances: Counter[tuple[int, str, str]] = Counter()
        for row in rows:
            balances[row.owner_id, row.kind, row.currency] += row.amount
        uncounted = [one for one in self.table.meetings if one.id in lagging and one.counted]
        for one in uncounted:
            one.counted = 0
        assert {key: amount for key, amount in balances.items() if amount} == self.table.balances()
        for one in uncounted:
            one.counted = 1

    def walked(self) -> set[tuple[str, str, str]]:
        """The moves that history tells of; of each thing they follow on each other."""
        found = set()
        subjects = [("contract", one.id, "active") for one in self.table.agreements]
        subjects += [("session", one.id, "unscheduled") for one in self.table.meetings]
        with self.database.reading() as db:
            for subject, number, status in subjects:
                history = db.query(Event).filter_by(subject=subject, subject_id=number)
                for event in history.order_by(Event.id):
                    if event.from_status:
                        assert event.from_status == status
                        status = event.to_status
                        found.add((subject, event.from_status, status))
        return found


LINES = """
SELECT t.id, t.session_id, t.reverses_id, a.owner_id, a.kind, l.currency, l.amount
FROM ledger_lines l JOIN ledger_transactions t ON t.id = l.transaction_id
JOIN ledger_accounts a ON a.id = l.account_id WHERE t.contract_id IN ({ids})
"""


@pytest.fixture
def walk(settings, database, mina):
    def along(seed: int) -> set[tuple[str, str, str]]:
        with time_machine.travel(NOON, tick=False) as clock:
            one = Walk(settings, database, seed, clock, mina.id)
            for _ in range(STEPS):
                if one.step():
                    one.check()
                if all(meeting.status in OVER for meeting in one.table.meetings):
                    break
            one.sweep()
            one.check()
            return one.walked()

    return along


def test_ana_bo_and_cy_walk_the_whole_table_and_never_leave_it(db, walk):
    db.commit()
    found = set().union(*(walk(seed) for seed in SEEDS))
    allowed = {
        (subject, was.value, to.value)
        for subject, moves in (("session", MOVES), ("contract", contract_table.MOVES))
        for was, tos in moves.items()
        for to in tos
    }
    assert found == allowed
