"""Five minutes of somebody's time belong to one session."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.actions.session_claims import claim, release
from app.errors import WrongState
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, session_of, with_contract


@pytest.fixture
def hers(db, sofia, carla):
    return with_contract(db, bring(db, make_contract(db, sofia, carla), to=SessionStatus.SCHEDULED))


def at(session, starts_at):
    session.starts_at, session.ends_at = starts_at, starts_at + timedelta(hours=1)
    return session


def test_a_time_that_is_freed_can_be_taken_by_another(db, hers, sofia, dora):
    other = at(with_contract(db, session_of(db, make_contract(db, sofia, dora))), hers.starts_at)
    with pytest.raises(WrongState, match="You are in session 1"):
        claim(db, other, by_id=sofia.id)
    with pytest.raises(WrongState, match="Sofia cannot then"):
        claim(db, other, by_id=dora.id)
    claim(db, at(hers, hers.starts_at + timedelta(hours=1)))  # moved by its whole length
    claim(db, other)
    release(db, hers)
    claim(db, at(other, hers.starts_at))
    assert set(db.scalars(select(SessionClaim.session_id))) == {other.id}


def test_the_table_has_the_last_word(db, hers, sofia):
    slot = db.scalars(select(SessionClaim.slot).where(SessionClaim.account_id == sofia.id)).first()
    with pytest.raises(IntegrityError), db.begin_nested():
        db.add(SessionClaim(account_id=sofia.id, slot=slot, session_id=hers.id))
        db.flush()


def test_dora_is_not_in_two_sessions_from_either_side(db, sofia, carla, dora):
    teaches = bring(db, make_contract(db, sofia, dora), to=SessionStatus.SCHEDULED)
    learns = with_contract(db, session_of(db, make_contract(db, dora, carla)))
    with pytest.raises(WrongState, match="You are in session 1"):
        claim(db, at(learns, teaches.starts_at), by_id=dora.id)
