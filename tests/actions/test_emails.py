"""What confirming, changing and taking back an address cause, and what they check."""

from datetime import timedelta

import pytest

from app.actions.accounts import create_account
from app.actions.emails import (
    MOVED,
    OWN,
    TAKEN,
    ask_for_change,
    ask_for_confirmation,
    cancel_change,
    confirm_email,
    restore_email,
)
from app.actions.mail_tokens import use_token
from app.clock import now
from app.errors import Refused, WrongState
from app.forms.accounts import Intent, SignUpForm
from db.models.accounts import Account
from db.models.events import Event
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import OutgoingMail
from db.models.sign_ins import SignIn
from db.queries import mail_tokens
from tests.factories import make_mail_token, make_sign_in

SECRET = "s" * 43
NEW = "Sofia.New@skileez.example"


def make_change(db, person, email=NEW, secret=SECRET, **but):
    return make_mail_token(db, person, Purpose.CHANGE_EMAIL, secret, email=email, **but)


def make_way_back(db, person, email, secret=SECRET, **but):
    return make_mail_token(db, person, Purpose.RESTORE_EMAIL, secret, email=email, **but)


def mails(db):
    return [(mail.template, mail.recipient) for mail in db.query(OutgoingMail)]


def events(db):
    return [(event.name, event.actor_id, event.subject_id) for event in db.query(Event)]


def links(db):
    db.expire_all()
    return sorted((token.purpose, token.email) for token in db.query(MailToken))


# Asking for a confirmation.


def test_nia_gets_the_link_again(db, nia):
    ask_for_confirmation(db, "NIA@skileez.example")
    assert mails(db) == [("email_confirmation", nia.email)]
    assert links(db) == [("confirm_email", nia.email)]
    assert events(db) == [("email.confirmation_asked", None, nia.id)]


@pytest.mark.parametrize("email", ["sofia@skileez.example", "nobody@skileez.example"])
def test_whoever_has_nothing_to_confirm_leaves_as_much(db, sofia, email):
    ask_for_confirmation(db, email)
    mail = db.query(OutgoingMail).one()
    assert (mail.account_id, mail.mail_token_id, mail.wants_link) == (None, None, True)
    assert links(db) == []


@pytest.mark.parametrize("email", ["nia@skileez.example", "nobody@skileez.example"])
def test_three_confirmations_an_hour(db, nia, email):
    for _ in range(5):
        ask_for_confirmation(db, email)
    assert len(mails(db)) == 3


# Confirming.


def test_nia_is_confirmed(db, nia):
    make_mail_token(db, nia, Purpose.CONFIRM_EMAIL, SECRET)
    assert confirm_email(db, SECRET) is Purpose.CONFIRM_EMAIL
    assert nia.has_confirmed_email
    assert events(db) == [("email.confirmed", nia.id, nia.id)]
    assert mails(db) == []


def test_a_confirmation_is_about_the_address_the_account_has(db, nia):
    make_mail_token(db, nia, Purpose.CONFIRM_EMAIL, SECRET, email="old@skileez.example")
    with pytest.raises(WrongState) as refused:
        confirm_email(db, SECRET)
    assert refused.value.sentence == MOVED
    assert not nia.has_confirmed_email


# Changing.


def test_a_change_waits_for_its_link(db, sofia, viewer):
    ask_for_change(db, NEW, by=viewer(sofia))
    assert sofia.email == "sofia@skileez.example"
    assert mails(db) == [("email_change", NEW)]
    assert links(db) == [("change_email", NEW)]
    assert mail_tokens.pending_change(db, sofia.id, at=now()) == NEW
    after = now() + timedelta(hours=1)
    assert mail_tokens.pending_change(db, sofia.id, at=after) == ""


def test_an_address_that_is_taken_gets_no_mail_and_waits_all_the_same(db, sofia, sam, viewer):
    ask_for_change(db, "SAM@skileez.example", by=viewer(sofia))
    [mail] = db.query(OutgoingMail)
    assert (mail.account_id, mail.mail_token_id, mail.wants_link) == (None, None, True)
    assert mail_tokens.pending_change(db, sofia.id, at=now()) == "SAM@skileez.example"


def test_ones_own_address_is_no_new_one(db, sofia, viewer):
    with pytest.raises(Refused) as refused:
        ask_for_change(db, "SOFIA@skileez.example", by=viewer(sofia))
    assert (refused.value.field, refused.value.sentence) == ("email", OWN)


@pytest.mark.parametrize("email", [NEW, "sam@skileez.example"])
def test_the_fourth_within_an_hour_leaves_the_third_as_it_is(db, sofia, sam, viewer, email):
    for _ in range(3):
        ask_for_change(db, email, by=viewer(sofia))
    before = (links(db), mails(db))
    ask_for_change(db, email, by=viewer(sofia))
    assert (links(db), mails(db)) == before


def test_the_new_address_takes_the_old_ones_place(db, sofia):
    make_change(db, sofia)
    for purpose in (Purpose.CONFIRM_EMAIL, Purpose.RESET_PASSWORD):
        make_mail_token(db, sofia, purpose, purpose.ljust(43, "x"))
    assert confirm_email(db, SECRET) is Purpose.CHANGE_EMAIL
    assert (sofia.email, sofia.email_folded) == (NEW, NEW.lower())
    assert sofia.has_confirmed_email
    assert links(db) == [("restore_email", "sofia@skileez.example")]
    assert mails(db) == [("email_changed", "sofia@skileez.example")]
    assert events(db) == [("email.changed", sofia.id, sofia.id)]


def test_an_address_that_was_never_proved_gets_no_way_back(db, nia):
    make_change(db, nia)
    confirm_email(db, SECRET)
    assert nia.has_confirmed_email
    assert (links(db), mails(db)) == ([], [])


def test_an_address_that_was_taken_meanwhile_is_said_to_be(db, sofia, sam):
    make_change(db, sofia, "Sam@skileez.example")
    with pytest.raises(WrongState) as refused:
        confirm_email(db, SECRET)
    assert refused.value.sentence == TAKEN


def test_nobody_can_have_an_address_that_can_be_taken_back(db, sofia, sam, viewer):
    make_change(db, sofia)
    confirm_email(db, SECRET)
    form = SignUpForm(
        intent=Intent.LEARN, first_name="Eve", last_name="Moss", email="SOFIA@skileez.example",
        password="four quiet green chairs", adult=True,
    )  # fmt: skip
    create_account(db, form, "a hash")
    assert db.query(Account).filter_by(first_name="Eve").all() == []
    assert mails(db)[1:] == [("account_exists", "SOFIA@skileez.example")]
    assert db.query(OutgoingMail).filter_by(template="account_exists").one().mail_token_id is None
    ask_for_change(db, "sofia@skileez.example", by=viewer(sam))
    assert db.query(OutgoingMail).filter_by(template="email_change").one().mail_token_id is None
    make_change(db, sam, "sofia@skileez.example", "t" * 43)
    with pytest.raises(WrongState):
        confirm_email(db, "t" * 43)


def test_whoever_gave_it_up_can_have_it_again(db, sofia, viewer):
    make_change(db, sofia)
    confirm_email(db, SECRET)
    ask_for_change(db, "sofia@skileez.example", by=viewer(sofia))
    make_change(db, sofia, "sofia@skileez.example", "t" * 43)
    confirm_email(db, "t" * 43)
    assert sofia.email == "sofia@skileez.example"


def test_a_cancelled_change_is_called_off(db, sofia, sam, viewer):
    make_change(db, sofia)
    make_change(db, sam, secret="t" * 43)
    cancel_change(db, by=viewer(sofia))
    assert [token.account_id for token in db.query(MailToken)] == [sam.id]
    with pytest.raises(WrongState):
        confirm_email(db, SECRET)


# Taking it back.


def test_the_old_address_is_back_and_everybody_is_signed_out(db, sofia, sam):
    sofia.email, sofia.email_folded = "thief@skileez.example", "thief@skileez.example"
    make_way_back(db, sofia, "Sofia@skileez.example")
    for purpose in (Purpose.CONFIRM_EMAIL, Purpose.CHANGE_EMAIL, Purpose.RESET_PASSWORD):
        make_mail_token(db, sofia, purpose, purpose.ljust(43, "x"))
    for person in (sofia, sam):
        make_sign_in(db, person)
    secret = restore_email(db, SECRET)
    assert (sofia.email, sofia.email_folded) == ("Sofia@skileez.example", "sofia@skileez.example")
    assert [sign_in.account_id for sign_in in db.query(SignIn)] == [sam.id]
    assert links(db) == [
        ("reset_password", "Sofia@skileez.example"),
        ("restore_email", "Sofia@skileez.example"),  # used up
    ]
    assert use_token(db, secret, Purpose.RESET_PASSWORD)[1] is sofia
    assert mails(db) == [("email_restored", "Sofia@skileez.example")]
    assert events(db) == [("email.restored", sofia.id, sofia.id)]


def test_later_ways_back_are_dead_and_earlier_ones_are_not(db, sofia):
    at = now()
    for number, email in enumerate(("first", "second", "third")):
        make_way_back(
            db, sofia, f"{email}@skileez.example", f"{number}" * 43,
            created_at=at + timedelta(minutes=number),
        )  # fmt: skip
    restore_email(db, "1" * 43)
    with pytest.raises(WrongState):
        restore_email(db, "2" * 43)
    restore_email(db, "0" * 43)
    assert sofia.email == "first@skileez.example"
