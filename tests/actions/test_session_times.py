"""Offers run out, and what was agreed before them holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.session_times import offer_time, settle
from app.clock import now
from app.errors import Refused
from app.forms.learning_sessions import OfferForm
from db.models.events import Event
from db.models.notices import Notice
from db.models.session_states import SessionStatus
from db.queries import viewers
from tests.contract_factories import bring, make_contract, on_the_slot, session_of, with_contract

HOUR = timedelta(hours=1)


def offer(db, session, starts_at, by):
    form = OfferForm(starts=starts_at.replace(tzinfo=None))
    with_contract(db, session)
    offer_time(db, session, form, by=viewers.of_account(db, by.id))


def test_an_answer_is_waited_for_as_long_as_it_makes_sense(db, sofia, carla):
    sofia.time_zone = "UTC"
    contract = make_contract(db, sofia, carla)
    soon, far = on_the_slot(now() + 3 * HOUR), on_the_slot(now() + 99 * HOUR)
    one, two = session_of(db, contract, 1), session_of(db, contract, 2)
    offer(db, one, soon, by=sofia)
    assert one.answer_by == soon
    offer(db, two, far, by=sofia)
    assert timedelta(0) <= now() + 48 * HOUR - two.answer_by < HOUR
    three = bring(db, contract, 3, to=SessionStatus.SCHEDULED, starts_at=soon + HOUR)
    offer(db, three, far + HOUR, by=sofia)
    assert three.answer_by == soon + HOUR


@pytest.mark.parametrize("agreed", [False, True])
def test_an_offer_that_ran_out_leaves_what_was_before(db, sofia, carla, agreed):
    contract = make_contract(db, sofia, carla)
    start = on_the_slot(now() + 9 * HOUR)
    more = {"starts_at": start, "ends_at": start + HOUR} if agreed else {}
    session = bring(db, contract, to=SessionStatus.PROPOSED, answer_by=now() - HOUR)
    for name, value in more.items():
        setattr(session, name, value)
    settle(db, with_contract(db, session))
    expected = SessionStatus.SCHEDULED if agreed else SessionStatus.UNSCHEDULED
    assert session.status is expected and session.answer_by is None
    [event] = db.scalars(select(Event))
    [told] = db.scalars(select(Notice))
    assert (told.name, told.account_id) == ("session_lapsed", carla.id)
    assert (event.name, event.actor_id, event.side) == ("session.lapsed", None, None)


def test_the_agreed_time_cannot_be_offered_again(db, sofia, carla):
    sofia.time_zone = "UTC"
    session = bring(db, make_contract(db, sofia, carla), to=SessionStatus.SCHEDULED)
    with pytest.raises(Refused, match="agreed already"):
        offer(db, session, session.starts_at, by=sofia)
