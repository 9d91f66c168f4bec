"""What the two say of a payment: who may, when, where it shows, and that it is a record only."""

import pytest
from sqlalchemy import select

from app.actions.ledger import post_session, reverse
from db.models.events import Event
from db.models.ledger import PostingKind
from db.models.payments import Payment, PaymentStatus
from db.models.session_states import SessionStatus
from db.queries import ledger
from tests.contract_factories import bring, make_contract, session_of


@pytest.fixture
def payment(db, sofia, carla):
    contract = make_contract(db, sofia, carla, price=1850, sessions=3)
    post_session(db, contract, session_of(db, contract), PostingKind.SESSION_COMPLETED)
    bring(db, contract, to=SessionStatus.COMPLETED)
    db.commit()
    return db.query(Payment).one()


def path(payment, word):
    return f"/payments/{payment.id}/{word}"


def test_sofia_marks_a_payment_as_paid_and_carla_as_received(browser, db, payment, sofia, carla):
    page = browser.as_(sofia).get("/earnings?list=payments")
    assert page.has(f"#payment-{payment.id}") and page.says("settle outside Skileez")
    page = page.form("paid").submit()
    assert page.follow().says("Marked as paid. Your coach can see it.")
    db.expire_all()
    assert payment.status is PaymentStatus.PAID and payment.paid_at
    assert not browser.as_(sofia).get("/earnings?list=payments").has("#list")
    carlas = browser.as_(carla).get("/earnings?list=payments")
    assert carlas.says("says the student")
    carlas.form("received").submit().leads_to("/earnings?list=payments")
    db.expire_all()
    assert payment.status is PaymentStatus.RECEIVED and payment.received_at >= payment.paid_at
    done = db.execute(
        select(Event.name, Event.side, Event.actor_id, Event.from_status, Event.to_status)
        .where(Event.subject == "payment").order_by(Event.id)
    ).all()  # fmt: skip
    assert done == [
        ("payment.paid", "student", sofia.id, "due", "paid"),
        ("payment.received", "coach", carla.id, "paid", "received"),
    ]


def test_carla_need_not_wait_for_sofias_word(browser, db, payment, carla):
    browser.as_(carla).post(path(payment, "received"))
    db.expire_all()
    assert payment.status is PaymentStatus.RECEIVED and payment.paid_at is None


def test_each_marks_their_own_side_only(browser, db, payment, sofia, carla, sam, mina):
    assert browser.as_(sofia).post(path(payment, "received")).is_not_allowed
    assert browser.as_(carla).post(path(payment, "paid")).is_not_allowed
    for person in (sam, mina):
        for word in ("paid", "received"):
            assert browser.as_(person).post(path(payment, word)).is_not_found
    db.expire_all()
    assert payment.status is PaymentStatus.DUE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PaymentStatus.PAID, "marked as paid already"),
        (PaymentStatus.RECEIVED, "marked as received already"),
        (PaymentStatus.VOID, "Nothing is owed"),
    ],
)
def test_who_is_late_reads_what_happened_meanwhile(browser, db, payment, sofia, status, words):
    payment.status = status
    db.commit()
    answer = browser.as_(sofia).post(path(payment, "paid"))
    assert answer.is_conflict and answer.says(words)


def test_what_was_taken_back_is_not_received(browser, db, payment, carla, mina, viewer):
    posted = ledger.transaction(db, payment.transaction_id)
    reverse(db, posted, reason="It did not take place.", by=viewer(mina))
    db.commit()
    assert browser.as_(carla).post(path(payment, "received")).is_conflict
    assert not browser.as_(carla).get("/earnings?list=payments").has("#list")


def test_with_htmx_the_page_comes_anew(browser, db, payment, sofia):
    answer = browser.as_(sofia).htmx.post(path(payment, "paid"))
    assert f"/contracts/{payment.contract_id}" in answer.headers["hx-location"]
    assert browser.as_(sofia).htmx.post(path(payment, "paid")).is_conflict


def test_the_contracts_page_says_what_is_paid_out_of_what(browser, db, payment, sofia, carla):
    page = browser.as_(sofia).get(f"/contracts/{payment.contract_id}")
    assert page.says("settle outside Skileez, which moves no money")
    assert page.texts("#money dd") == ["$55.50", "$0", "$0", "$18.50", "$37"]
    page.form("paid").submit()
    page = browser.as_(carla).get(f"/contracts/{payment.contract_id}")
    assert page.texts("#money dd") == ["$55.50", "$0", "$18.50", "$0", "$37"]
    assert page.says("Sofia marked a payment as paid")
    page.form("received").submit()
    page = browser.as_(carla).get(f"/contracts/{payment.contract_id}")
    assert page.texts("#money dd") == ["$55.50", "$18.50", "$0", "$0", "$37"]
    assert not page.has("#money form")


def test_a_new_contract_says_when_something_is_to_be_paid(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla)
    db.commit()
    page = browser.as_(sofia).get(f"/contracts/{contract.id}")
    assert page.says("A payment comes here when a session is completed")
