from app.actions.ledger import post_session
from app.payments import PROVIDER
from db.models.ledger import PostingKind
from db.models.payments import Payment
from tests.contract_factories import make_contract, session_of


def test_sofia_is_asked_for_the_whole_price(db, sofia, carla):
    contract = make_contract(db, sofia, carla, price=1800)
    posted = post_session(db, contract, session_of(db, contract), PostingKind.SESSION_COMPLETED)
    payment = db.query(Payment).one()
    assert (payment.amount, payment.transaction_id) == (1800, posted.id)
    assert (payment.provider, payment.created_at) == (PROVIDER.name, posted.posted_at)
