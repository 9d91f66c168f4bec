from datetime import UTC, datetime, timedelta

import pytest

from app.actions.ledger import post_session, reverse
from app.clock import now
from db.models.accounts import Side
from db.models.ledger import PostingKind
from db.models.session_states import SessionStatus
from db.queries import earning_lines, earnings, payments
from tests.contract_factories import bring, make_contract, session_of

DONE = PostingKind.SESSION_COMPLETED


@pytest.fixture
def contract(db, sofia, carla, mina, viewer):
    """Three sessions counted, of which one is taken back, one to be confirmed, two to come."""
    contract = make_contract(db, sofia, carla, price=1850, fee=1000, sessions=6)
    for number in (1, 2, 3):
        posted = post_session(db, contract, session_of(db, contract, number), DONE)
        bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=ago(number))
    reverse(db, posted, reason="It did not happen.", by=viewer(mina))
    bring(db, contract, 4, to=SessionStatus.SCHEDULED, starts_at=ago(4))  # the clock is late
    bring(db, contract, 5, to=SessionStatus.SCHEDULED)
    other = make_contract(db, sofia, carla, price=2000, currency="EUR", sessions=1)
    post_session(db, other, session_of(db, other), DONE)
    bring(db, other, to=SessionStatus.COMPLETED, starts_at=ago(9))
    return contract


def ago(hours):
    return now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=3 * hours)


@pytest.mark.parametrize(
    ("side", "one", "euros"), [(Side.COACH, 1665, 1800), (Side.STUDENT, 1850, 2000)]
)
def test_each_side_and_currency_by_itself(db, sofia, carla, contract, side, one, euros):
    who = carla if side is Side.COACH else sofia
    dollars, other = earnings.summary(db, who.id, side, at=now(), zone=who.time_zone)
    assert (dollars.currency, other.currency) == ("USD", "EUR")
    assert (dollars.this_month, dollars.year, dollars.lifetime, dollars.sessions) == (
        2 * one,
    ) * 3 + (2,)
    assert (dollars.fee, other.fee) == (370, 200)
    assert (dollars.pending, dollars.pending_sessions) == (one, 1)
    assert (dollars.ahead, dollars.ahead_sessions) == (2 * one, 2)
    assert (other.lifetime, other.pending, other.ahead) == (euros, 0, 0)
    lines = earning_lines.by_contract(db, who.id, side, at=now(), after="").items
    assert [(line.amount, line.posted, line.taken_back) for line in lines] == [
        (euros, 1, 0), (2 * one, 2, 1),
    ]  # fmt: skip
    assert [line.total for line in lines] == [euros, 6 * one]
    rows = earning_lines.postings(db, who.id, side)
    assert [row.gross for row in rows] == [1850, 1850, 1850, -1850, 2000]
    assert sum(row.net if side is Side.COACH else row.gross for row in rows[:4]) == dollars.lifetime


def test_nothing_is_counted_for_whom_nothing_was_posted(db, cole, dora, contract):
    assert earnings.summary(db, cole.id, Side.COACH, at=now(), zone="UTC") == []
    assert earnings.summary(db, dora.id, Side.STUDENT, at=now(), zone="nowhere") == []


def test_months_are_those_of_carlas_own_calendar(db, sofia, carla):
    contract = make_contract(db, sofia, carla, price=1000, fee=0, sessions=4)
    at = datetime(2026, 11, 27, 12, tzinfo=UTC)
    moments = [
        datetime(2026, 10, 31, 22, 59, tzinfo=UTC), datetime(2026, 10, 31, 23, 0, tzinfo=UTC),
        datetime(2025, 12, 31, 23, 0, tzinfo=UTC), datetime(2025, 11, 30, 22, 59, tzinfo=UTC),
    ]  # fmt: skip
    for number, moment in enumerate(moments, 1):
        post_session(db, contract, session_of(db, contract, number), DONE, at=moment)
        bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=ago(number))
    [sums] = earnings.summary(db, carla.id, Side.COACH, at=at, zone="Europe/Madrid")
    by_month = {str(month.starts)[:7]: month.amount for month in sums.months if month.amount}
    assert by_month == {"2026-01": 1000, "2026-10": 1000, "2026-11": 1000}
    assert (sums.year, sums.lifetime, len(sums.months)) == (3000, 4000, 12)
    [sums] = earnings.summary(db, carla.id, Side.COACH, at=at, zone="America/New_York")
    assert [month.amount for month in sums.months][-2:] == [2000, 0]


def test_a_contracts_money_says_what_is_paid_out_of_what(db, sofia, carla, contract):
    money = payments.of_contract(db, contract.id, at=now())
    assert (money.total, money.counted, money.due) == (11100, 3700, 3700)
    assert (money.pending, money.ahead, money.not_owed) == (1850, 3700, 1850)
    assert [str(line.status) for line in money.payments] == ["due", "due", "void"]
    assert payments.waiting_count(db, sofia.id, Side.STUDENT) == 3
    found = payments.waiting(db, carla.id, Side.COACH)
    assert [(line.contract_id, line.number) for line in found.items][:2] == [
        (contract.id, 1),
        (contract.id, 2),
    ]
