"""How tries are counted and forgiven; what a browser sees of it is in tests/controllers."""

from datetime import timedelta

import pytest

from app.actions.attempts import account_key, forgive_tries, limits_on, reserve_try
from app.errors import TooMany
from db.models.attempts import Attempt

EMAIL = "sofia@skileez.example"


def on(device_id=None, address="203.0.113.9"):
    return limits_on(EMAIL, address=address, device_id=device_id)


def test_a_try_counts_against_the_account_and_the_address(db):
    reserve_try(db, EMAIL, on())
    assert {one.key for one in db.query(Attempt)} == {account_key(EMAIL), "address:203.0.113.9"}
    assert EMAIL not in account_key(EMAIL)


def test_from_a_known_device_it_counts_against_that_instead(db):
    reserve_try(db, EMAIL, on(device_id=7))
    assert {one.key for one in db.query(Attempt)} == {"device:7", "address:203.0.113.9"}


def test_what_is_refused_counts_nothing(db):
    for _ in range(10):
        reserve_try(db, EMAIL, on())
    with pytest.raises(TooMany):
        reserve_try(db, EMAIL, on())
    assert db.query(Attempt).count() == 20


def test_being_right_forgives_the_account_and_the_device_and_one_try_of_the_address(db):
    for device in (None, 7):
        reserve_try(db, EMAIL, on(device))
    forgive_tries(db, reserve_try(db, EMAIL, on(7)))
    assert [one.key for one in db.query(Attempt)] == ["address:203.0.113.9"] * 2


@pytest.mark.parametrize(("wait", "words", "seconds"), [
    (timedelta(seconds=0.2), "1 second", 1),
    (timedelta(seconds=60), "1 minute", 60),
    (timedelta(seconds=61), "2 minutes", 61),
    (timedelta(minutes=14, seconds=59.5), "15 minutes", 900),
])  # fmt: skip
def test_the_sentence_says_when_to_come_back(wait, words, seconds):
    limit = TooMany.after("That was too many tries.", wait)
    assert limit.sentence == f"That was too many tries. Try again in {words}."
    assert limit.seconds == seconds
