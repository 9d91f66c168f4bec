"""Calling sessions off, as the end of a contract does it, too."""

from sqlalchemy import select

from app.actions.session_cancellations import call_off, void_session
from db.models.accounts import Side
from db.models.events import Event
from db.models.notices import Notice
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from db.queries import viewers
from tests.contract_factories import bring, make_contract, session_of


def test_what_is_called_off_with_its_contract_is_told_by_whoever_ends_that(db, sofia, carla):
    contract = make_contract(db, sofia, carla, sessions=2)
    session = bring(db, contract, to=SessionStatus.SCHEDULED)
    by = viewers.of_account(db, carla.id)
    call_off(db, contract, session, by=by, side=Side.COACH, reason="I move away.")
    void_session(db, session_of(db, contract, 2), by=by, side=Side.COACH)
    assert session.status is SessionStatus.CANCELLED_EARLY and session.sequence == 1
    assert session.cancelled_by is Side.COACH and session.cancel_reason == "I move away."
    assert session_of(db, contract, 2).status is SessionStatus.VOID
    assert not db.scalars(select(SessionClaim)).all() and not db.scalars(select(Notice)).all()
    assert [one.name for one in db.scalars(select(Event))] == [
        "session.cancelled",
        "session.voided",
    ]
