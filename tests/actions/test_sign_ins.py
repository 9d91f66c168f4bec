"""What beginning and ending a sign-in causes, and what it checks."""

from datetime import timedelta

import pytest

from app.actions.sign_ins import MOST, begin_sign_in, destroy_sign_in
from app.clock import now
from app.errors import Refused
from app.tokens import hashed
from app.web.sign_in import viewer_of
from db.models.events import Event
from db.models.sign_ins import SignIn
from db.queries import accounts
from db.queries.accounts import Credentials
from tests.factories import make_sign_in


def begin(db, email, *, remember=False):
    return begin_sign_in(db, accounts.credentials(db, email), remember=remember, browser="Tests")


def test_sofias_token_is_known_by_its_hash_alone(db, sofia):
    token = begin(db, "SOFIA@skileez.example")
    assert viewer_of(db, token).id == sofia.id
    assert db.query(SignIn).one().token_hash == hashed(token)
    assert [event.name for event in db.query(Event)] == ["sign_in.created"]


def test_every_sign_in_has_a_token_of_its_own(db, sofia):
    assert len({begin(db, sofia.email) for _ in range(5)}) == 5


def test_the_oldest_goes_and_nobody_elses(db, sofia, sam):
    make_sign_in(db, sam, created_at=now() - timedelta(days=300))
    for number in range(MOST + 5):
        make_sign_in(db, sofia, created_at=now() - timedelta(days=number + 1))
    token = begin(db, sofia.email)
    assert db.query(SignIn).filter_by(account_id=sofia.id).count() == MOST
    assert db.query(SignIn).filter_by(account_id=sam.id).count() == 1
    assert viewer_of(db, token).id == sofia.id


def test_a_password_that_changed_meanwhile_is_refused(db, sofia):
    with pytest.raises(Refused):
        begin_sign_in(db, Credentials(sofia.id, "an older hash"), remember=False, browser="")


def test_suspended_sid_is_refused(db, sid):
    with pytest.raises(Refused):
        begin(db, sid.email)
    assert db.query(SignIn).count() == 0


def test_ending_kills_the_token_and_twice_is_no_mistake(db, sofia):
    token = begin(db, sofia.email)
    for _ in range(2):
        destroy_sign_in(db, token)
    assert viewer_of(db, token).is_guest
    assert [event.name for event in db.query(Event)] == ["sign_in.created", "sign_in.destroyed"]
