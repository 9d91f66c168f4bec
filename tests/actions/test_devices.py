"""By what a browser is known again after a sign-in."""

from datetime import timedelta

import pytest

from app.actions.devices import MOST, known_device, remember_device
from app.clock import now
from app.tokens import TOKEN, hashed
from db.models.devices import Device
from db.queries.devices import KEPT


def test_a_new_browser_gets_a_token_and_keeps_it(db, sofia):
    token = remember_device(db, sofia.id, "")
    assert TOKEN.fullmatch(token)
    assert db.query(Device).one().token_hash == hashed(token)
    assert remember_device(db, sofia.id, token) == token
    assert known_device(db, token).account_id == sofia.id
    assert db.query(Device).count() == 1


def test_a_token_that_was_planted_is_never_adopted(db, sofia, sam):
    sams = remember_device(db, sam.id, "")
    for planted in ("A" * 43, sams):
        assert remember_device(db, sofia.id, planted) != planted
    assert known_device(db, sams).account_id == sam.id
    assert known_device(db, "A" * 43) is None


def test_the_one_seen_longest_ago_goes(db, sofia, sam):
    sams = remember_device(db, sam.id, "")
    tokens = [remember_device(db, sofia.id, "") for _ in range(MOST)]
    for number, token in enumerate(tokens):
        known_device(db, token).seen_at = now() - timedelta(days=MOST - number)
    known_device(db, tokens[0]).seen_at = now()
    newest = remember_device(db, sofia.id, "")
    assert known_device(db, tokens[1]) is None
    assert all(known_device(db, token) for token in (sams, tokens[0], tokens[2], newest))


@pytest.mark.parametrize(("ago", "is_known"), [(KEPT - timedelta(hours=1), True), (KEPT, False)])
def test_a_browser_is_known_for_a_year(db, sofia, ago, is_known):
    token = remember_device(db, sofia.id, "")
    known_device(db, token).seen_at = now() - ago
    assert bool(known_device(db, token)) is is_known
