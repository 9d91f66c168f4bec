"""What issuing, using and ending tokens leaves behind."""

from datetime import timedelta

import pytest
import time_machine

from app.actions.mail_tokens import end_later_ways_back, end_tokens, issue_token, use_token
from app.clock import now
from app.errors import WrongState
from app.tokens import hashed
from db.models.mail_tokens import MailToken, Purpose
from db.queries import mail_tokens
from tests.factories import make_mail_token

ONE, TWO = "1" * 43, "2" * 43
NEWER_TAKES_ITS_PLACE = [one for one in Purpose if one is not Purpose.RESTORE_EMAIL]


def left(db):
    db.expire_all()
    return [token.token_hash for token in db.query(MailToken).order_by(MailToken.id)]


def test_a_token_is_bound_to_a_person_a_purpose_and_an_address(db, sofia):
    token = issue_token(db, sofia, Purpose.CHANGE_EMAIL, "Straße@skileez.example")
    assert (token.account_id, token.purpose) == (sofia.id, Purpose.CHANGE_EMAIL)
    assert (token.email, token.email_folded) == (
        "Straße@skileez.example",
        "straße@skileez.example",
    )
    assert (token.token_hash, token.expires_at, token.used_at) == (None, None, None)


@pytest.mark.parametrize("purpose", NEWER_TAKES_ITS_PLACE)
def test_a_newer_one_takes_the_place_of_earlier_ones(db, sofia, sam, purpose):
    make_mail_token(db, sofia, purpose, ONE)
    make_mail_token(db, sam, purpose, TWO)
    issue_token(db, sofia, purpose, sofia.email)
    assert sorted(map(str, left(db))) == sorted(map(str, [hashed(TWO), None]))
    with pytest.raises(WrongState):
        use_token(db, ONE, purpose)


def test_ways_back_stand_beside_each_other(db, sofia):
    for email in ("a@skileez.example", "b@skileez.example"):
        issue_token(db, sofia, Purpose.RESTORE_EMAIL, email)
    assert db.query(MailToken).count() == 2


def test_a_token_that_was_read_and_ended_is_not_in_the_way_of_the_next(db, sofia):
    """SQLite gives the next one the id of the one that has ended."""
    make_mail_token(db, sofia, Purpose.CHANGE_EMAIL, ONE)
    used, _ = use_token(db, ONE, Purpose.CHANGE_EMAIL)
    end_tokens(db, sofia, Purpose.CHANGE_EMAIL)
    token = issue_token(db, sofia, Purpose.RESTORE_EMAIL, sofia.email)
    assert token is not used
    assert left(db) == [None]


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_is_used_once(db, sofia, purpose):
    make_mail_token(db, sofia, purpose, ONE)
    token, account = use_token(db, ONE, purpose)
    assert (token.purpose, account) == (purpose, sofia)
    db.refresh(token)
    assert token.used_at is not None
    with pytest.raises(WrongState):
        use_token(db, ONE, purpose)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("asked", Purpose)
def test_a_token_is_used_for_its_own_purpose_alone(db, sofia, purpose, asked):
    token = make_mail_token(db, sofia, purpose, ONE)
    if asked is purpose:
        assert use_token(db, ONE, asked)[1] is sofia
        return
    with pytest.raises(WrongState):
        use_token(db, ONE, asked)
    db.refresh(token)
    assert token.used_at is None


@pytest.mark.parametrize("secret", ["", TWO])
def test_no_secret_and_an_unknown_one_are_refused(db, sofia, secret):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, ONE)
    issue_token(db, sofia, Purpose.CONFIRM_EMAIL, sofia.email)
    with pytest.raises(WrongState):
        use_token(db, secret, *Purpose)


def test_it_runs_out_to_the_second(db, sofia):
    with time_machine.travel(now().replace(microsecond=0), tick=False) as clock:
        token = make_mail_token(db, sofia, Purpose.RESET_PASSWORD, ONE)
        clock.move_to(token.expires_at)
        assert mail_tokens.holder(db, hashed(ONE), *Purpose, at=now()) is None
        with pytest.raises(WrongState):
            use_token(db, ONE, Purpose.RESET_PASSWORD)
        clock.shift(timedelta(seconds=-1))
        assert mail_tokens.holder(db, hashed(ONE), *Purpose, at=now())
        use_token(db, ONE, Purpose.RESET_PASSWORD)
        assert mail_tokens.holder(db, hashed(ONE), *Purpose, at=now()) is None


def test_only_those_that_are_named_end_and_nobody_elses(db, sofia, sam):
    make_mail_token(db, sofia, Purpose.CONFIRM_EMAIL, ONE)
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, TWO)
    make_mail_token(db, sam, Purpose.CONFIRM_EMAIL, "3" * 43)
    end_tokens(db, sofia, Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL)
    assert left(db) == [hashed(TWO), hashed("3" * 43)]


def test_later_ways_back_end_and_earlier_ones_stay(db, sofia, sam):
    at = now()
    for number, minutes in enumerate((-2, 0, 0, 2)):
        make_mail_token(
            db, sofia, Purpose.RESTORE_EMAIL, f"{number}" * 43,
            created_at=at + timedelta(minutes=minutes), email=f"{number}@skileez.example",
        )  # fmt: skip
    make_mail_token(db, sam, Purpose.RESTORE_EMAIL, "8" * 43, created_at=at + timedelta(hours=1))
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, "9" * 43, created_at=at + timedelta(hours=1))
    used, _ = use_token(db, "1" * 43, Purpose.RESTORE_EMAIL)
    end_later_ways_back(db, used)
    assert left(db) == [hashed(one * 43) for one in "0189"]
