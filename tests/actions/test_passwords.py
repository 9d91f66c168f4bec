"""What a forgotten and a new password cause, and what they check."""

from datetime import timedelta

import msgspec
import pytest

from app.actions.attempts import limits_on, reserve_try
from app.actions.passwords import MOVED, ask_for_reset, change_password, reset_password
from app.clock import now
from app.errors import SignInNeeded, WrongState
from app.tokens import hashed
from db.models.accounts import AccountStatus
from db.models.attempts import Attempt
from db.models.devices import Device
from db.models.events import Event
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import OutgoingMail
from db.models.sign_ins import SignIn
from tests.factories import make_mail_token, make_sign_in

SECRET = "s" * 43
HASH = "a new hash"


def make_device(db, person):
    device = Device(
        account_id=person.id, token_hash=person.id.to_bytes(32, "big"), created_at=now(),
        seen_at=now(),
    )  # fmt: skip
    db.add(device)
    db.flush()
    return device


def mails(db):
    return [(mail.template, mail.recipient) for mail in db.query(OutgoingMail)]


def events(db):
    return [(event.name, event.actor_id, event.subject_id) for event in db.query(Event)]


def purposes(db):
    return sorted(token.purpose for token in db.query(MailToken))


# Forgotten.


def test_a_link_goes_to_the_address_as_the_account_has_it(db, sofia):
    ask_for_reset(db, "SOFIA@skileez.example")
    assert mails(db) == [("password_reset", "sofia@skileez.example")]
    token = db.query(MailToken).one()
    assert (token.purpose, token.email) == (Purpose.RESET_PASSWORD, sofia.email)
    assert events(db) == [("password.reset_asked", None, sofia.id)]


def test_an_unknown_address_leaves_as_much_and_no_token(db, sofia):
    ask_for_reset(db, "nobody@skileez.example")
    assert events(db) == [("password.reset_asked", None, 0)]
    mail = db.query(OutgoingMail).one()
    assert (mail.account_id, mail.mail_token_id, mail.wants_link) == (None, None, True)
    assert purposes(db) == []


@pytest.mark.parametrize("email", ["sofia@skileez.example", "nobody@skileez.example"])
def test_three_an_hour_in_any_spelling(db, sofia, email):
    for number in range(5):
        ask_for_reset(db, email.upper() if number % 2 else email)
    assert len(mails(db)) == 3
    for one in db.query(Attempt):
        one.at -= timedelta(hours=1)
    ask_for_reset(db, email)
    assert len(mails(db)) == 4


# Reset.


def test_everything_that_could_sign_in_ends(db, sofia, sam):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET)
    for purpose in (Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL, Purpose.RESTORE_EMAIL):
        make_mail_token(db, sofia, purpose, purpose.ljust(43, "x"))
    for person in (sofia, sam):
        make_sign_in(db, person)
        make_device(db, person)
    reset_password(db, SECRET, HASH)
    db.expire_all()
    assert sofia.password_hash == HASH
    assert [sign_in.account_id for sign_in in db.query(SignIn)] == [sam.id]
    trusted = [one.account_id for one in db.query(Device) if one.seen_at.year > 2000]
    assert trusted == [sam.id]
    assert purposes(db) == [Purpose.RESTORE_EMAIL]
    assert events(db) == [("password.reset", sofia.id, sofia.id)]
    assert mails(db) == [("password_changed", sofia.email)]


def test_the_tries_at_the_account_are_forgotten_and_those_of_the_network_are_not(db, sofia, sam):
    for person in (sofia, sam):
        limits = limits_on(person.email, address="192.0.2.1", device_id=None)
        reserve_try(db, person.email, limits)
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET)
    reset_password(db, SECRET, HASH)
    keys = sorted(one.key.split(":")[0] for one in db.query(Attempt))
    assert keys == ["account", "address", "address"]


def test_the_mail_has_proved_the_address(db, nia, sofia):
    before = sofia.email_confirmed_at
    make_mail_token(db, nia, Purpose.RESET_PASSWORD, SECRET)
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, "t" * 43)
    reset_password(db, SECRET, HASH)
    reset_password(db, "t" * 43, HASH)
    assert nia.has_confirmed_email
    assert sofia.email_confirmed_at == before


def test_nobody_is_let_in_who_was_kept_out(db, sid):
    make_mail_token(db, sid, Purpose.RESET_PASSWORD, SECRET)
    reset_password(db, SECRET, HASH)
    assert sid.status is AccountStatus.SUSPENDED


def test_a_link_that_went_to_another_address_is_refused(db, sofia):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET, email="old@skileez.example")
    with pytest.raises(WrongState) as refused:
        reset_password(db, SECRET, HASH)
    assert refused.value.sentence == MOVED
    assert sofia.password_hash != HASH


# Changed.


def test_this_browser_stays_with_a_new_token_and_the_others_go(db, sofia, sam, viewer):
    for person in (sam, sofia, sofia):
        make_sign_in(db, person)
    for purpose in Purpose:
        make_mail_token(db, sofia, purpose, purpose.ljust(43, "x"))
    mine = db.query(SignIn).filter_by(account_id=sofia.id).first()
    mine.proved_at = mine.seen_at = now() - timedelta(minutes=9)
    mine.remember = True
    db.flush()
    token, remember = change_password(db, HASH, by=by_sign_in(viewer(sofia), mine))
    db.expire_all()
    assert remember
    left = {sign_in.account_id: sign_in for sign_in in db.query(SignIn)}
    assert set(left) == {sam.id, sofia.id}
    assert left[sofia.id].token_hash == hashed(token)
    assert now() - left[sofia.id].proved_at < timedelta(minutes=1)
    assert sofia.password_hash == HASH
    assert purposes(db) == [Purpose.RESTORE_EMAIL]
    assert events(db) == [("password.changed", sofia.id, sofia.id)]
    assert mails(db) == [("password_changed", sofia.email)]


def test_a_sign_in_that_ended_meanwhile_changes_nothing(db, sofia, viewer):
    gone = make_sign_in(db, sofia)
    by = by_sign_in(viewer(sofia), gone)
    db.delete(gone)
    db.flush()
    with pytest.raises(SignInNeeded):
        change_password(db, HASH, by=by)
    assert sofia.password_hash != HASH


def by_sign_in(person, sign_in):
    """The person as seen in this browser."""
    return msgspec.structs.replace(person, sign_in_id=sign_in.id)
