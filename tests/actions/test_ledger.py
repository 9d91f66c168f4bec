import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.actions.ledger import post, post_session, reverse
from app.clock import now
from app.errors import WrongState
from app.fees import fee_of, net_of
from db.models.ledger import (
    LedgerAccount,
    LedgerAccountKind,
    LedgerLine,
    LedgerTransaction,
    PostingKind,
)
from db.models.payments import Payment, PaymentStatus
from db.models.session_states import SessionStatus
from db.queries import ledger
from tests.contract_factories import bring, make_contract, session_of

DONE = PostingKind.SESSION_COMPLETED
SPENT, EARNED, FEES = LedgerAccountKind.SPENT, LedgerAccountKind.EARNED, LedgerAccountKind.FEES
TABLES = ("ledger_accounts", "ledger_transactions", "ledger_lines")


@pytest.fixture
def contract(db, sofia, carla):
    return make_contract(db, sofia, carla, price=1850, currency="EUR", fee=1250)


@pytest.fixture
def posted(db, contract):
    """What Carla's first session posted."""
    return post_session(db, contract, bring(db, contract, to=SessionStatus.COMPLETED), DONE)


def test_carlas_session_is_posted_on_the_terms_of_its_contract(db, sofia, carla, posted):
    # 18.50 at 12.5 %: 2.3125, and half a cent would go up.
    assert ledger.lines(db, posted.id) == [
        ((sofia.id, SPENT, "EUR"), -1850),
        ((carla.id, EARNED, "EUR"), 1619),
        ((0, FEES, "EUR"), 231),
    ]
    assert (posted.kind, posted.reason, posted.decided_by_id) == (DONE, "", None)
    payment = db.query(Payment).one()
    assert (payment.amount, payment.currency, payment.provider) == (1850, "EUR", "manual")
    assert payment.status is PaymentStatus.DUE


def test_a_session_of_carlas_is_posted_once(db, contract, posted):
    with pytest.raises(WrongState):
        post_session(db, contract, session_of(db, contract), DONE)
    assert db.query(LedgerTransaction).one() == posted
    assert db.query(Payment).count() == 1


def test_a_second_session_uses_the_accounts_there_are(db, contract, posted):
    second = bring(db, contract, 2, to=SessionStatus.CANCELLED_LATE)
    post_session(db, contract, second, PostingKind.SESSION_CANCELLED_LATE)
    assert db.query(LedgerAccount).count() == 3
    assert db.query(LedgerLine).count() == 6


def test_a_fee_that_rounds_to_nothing_is_no_line(db, sofia, carla):
    contract = make_contract(db, sofia, carla, price=4, fee=1000)
    posted = post_session(db, contract, session_of(db, contract), DONE)
    assert [amount for _, amount in ledger.lines(db, posted.id)] == [-4, 4]


def test_mina_takes_a_posting_of_carlas_back(db, contract, posted, mina, viewer):
    reversal = reverse(db, posted, reason="Both say it did not happen.", by=viewer(mina))
    before = ledger.lines(db, posted.id)
    assert ledger.lines(db, reversal.id) == [(holder, -amount) for holder, amount in before]
    assert (reversal.reverses_id, reversal.decided_by_id) == (posted.id, mina.id)
    assert (reversal.kind, reversal.reason) == (PostingKind.REVERSAL, "Both say it did not happen.")
    assert db.query(Payment).one().status is PaymentStatus.VOID
    assert ledger.is_reversed(db, posted.id)
    assert ledger.of_session(db, session_of(db, contract).id) == posted


def test_a_posting_of_carlas_is_taken_back_once(db, posted, mina, viewer):
    reversal = reverse(db, posted, reason="It did not happen.", by=viewer(mina))
    for one in (posted, reversal):
        with pytest.raises(WrongState):
            reverse(db, one, reason="Once more.", by=viewer(mina))
    assert db.query(LedgerTransaction).count() == 2


def test_what_carla_has_received_stays_received(db, posted, mina, viewer):
    payment = db.query(Payment).one()
    payment.status = PaymentStatus.RECEIVED
    reverse(db, posted, reason="It did not happen.", by=viewer(mina))
    assert payment.status is PaymentStatus.RECEIVED


@pytest.mark.parametrize(
    "amounts", [[], [0], [5], [5, -4], [5, 0, -6]], ids=["none", "zero", "one", "less", "more"]
)
def test_what_does_not_balance_is_not_posted(db, sofia, contract, amounts):
    lines = [((sofia.id, SPENT, "EUR"), amount) for amount in amounts]
    with pytest.raises(ValueError, match="balance"):
        post(db, lines, key="odd", kind=DONE, posted_at=now(), contract_id=contract.id)
    assert not db.query(LedgerTransaction).count()


def test_each_currency_of_sofias_balances_by_itself(db, sofia, carla, contract):
    lines = [((sofia.id, SPENT, "EUR"), -5), ((carla.id, EARNED, "USD"), 5)]
    with pytest.raises(ValueError, match="balance"):
        post(db, lines, key="odd", kind=DONE, posted_at=now(), contract_id=contract.id)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("deed", ["UPDATE {0} SET id = id + 1", "DELETE FROM {0}", "all at once"])
def test_nobody_changes_what_carla_earned(db, posted, table, deed):
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    if deed == "all at once":
        # Each database has a way around the triggers of single rows.
        whole = ("REPLACE INTO {0} SELECT * FROM {0}", "TRUNCATE {0} CASCADE")
        deed = whole[0] if is_sqlite else whole[1]
    refused = pytest.raises(DatabaseError, match="only grows")
    with refused, db.begin_nested():
        db.execute(text(deed.format(table)))
        pytest.fail("the database let it happen")
    assert db.query(LedgerLine).count() == 3


@given(amount=st.integers(1, 10**12), rate=st.integers(0, 10_000))
def test_fee_and_net_are_the_whole_at_every_rate(amount, rate):
    fee, net = fee_of(amount, rate), net_of(amount, rate)
    assert fee + net == amount
    assert 0 <= fee <= amount
    assert abs(fee * 10_000 - amount * rate) <= 5000


def test_every_amount_is_split_whole():
    for rate in range(0, 10_001, 125):
        for amount in range(1, 2001):
            assert fee_of(amount, rate) + net_of(amount, rate) == amount
            assert fee_of(amount, rate) == int(amount * rate / 10_000 + 0.5)


def test_carlas_first_sessions_at_once(real_database, db, sofia, carla, sam):
    """Accounts that nobody has opened yet, and one session that two want to post."""
    contracts = [make_contract(db, who, carla) for who in (sofia, sam, sofia, sam)]
    pairs = [(one.id, session_of(db, one).id) for one in (*contracts, contracts[0])]
    db.commit()
    came, ready = [], threading.Barrier(len(pairs))

    def post_one(contract_id, session_id):
        ready.wait()
        try:
            with real_database.writing() as own:
                contract = own.get(type(contracts[0]), contract_id)
                post_session(own, contract, session_of(own, contract), DONE)
            came.append("posted")
        except WrongState:
            came.append("late")

    threads = [threading.Thread(target=post_one, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["late", *["posted"] * 4]
    assert db.query(LedgerTransaction).count() == db.query(Payment).count() == 4
    assert db.query(LedgerAccount).count() == 4  # Sofia's, Sam's, Carla's, the fees
    assert sum(line.amount for line in db.query(LedgerLine)) == 0
