"""What the two are told of a payment, and what their mails say."""

from sqlalchemy import select

from app.actions.ledger import post_session
from db.models.ledger import PostingKind
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.payments import Payment
from tests.contract_factories import make_contract, session_of


def test_each_is_told_what_the_other_says(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla, price=1850)
    post_session(db, contract, session_of(db, contract, 2), PostingKind.SESSION_COMPLETED)
    db.commit()
    number = db.query(Payment).one().id
    browser.as_(sofia).post(f"/payments/{number}/paid")
    browser.as_(carla).post(f"/payments/{number}/received")
    told = {one.name: one for one in db.scalars(select(Notice))}
    assert {name: one.account_id for name, one in told.items()} == {
        "payment_paid": carla.id,
        "payment_received": sofia.id,
    }
    assert {one.path for one in told.values()} == {f"/contracts/{contract.id}"}
    mails = {one.template for one in db.scalars(select(OutgoingMail))}
    assert {"payment_paid", "payment_received"} <= mails
    carlas = browser.as_(carla).get("/notices")
    assert carlas.says("Your student marked a payment as paid")
    assert carlas.says("session 2: $18.50")
    assert browser.as_(sofia).get("/notices").says("Your coach marked a payment as received")
