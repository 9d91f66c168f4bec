"""Which mails leave about an account, and to whom."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.events import record
from app.notify import accounts as tell
from db.models.mail_tokens import Purpose
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.factories import make_mail_token
from tests.mailbox import mailbox

__all__ = ["mailbox"]

OTHER = "Sofia.New@skileez.example"
# Which sentence, the purpose of its link and the address that is written to.
WITH_LINK = [
    (tell.email_confirmation, Purpose.CONFIRM_EMAIL, "/confirm-email/"),
    (tell.email_change, Purpose.CHANGE_EMAIL, "/confirm-email/"),
    (tell.email_changed, Purpose.RESTORE_EMAIL, "/restore-email/"),
    (tell.password_reset, Purpose.RESET_PASSWORD, "/reset-password/"),
]
WITHOUT = [tell.email_restored, tell.password_changed, tell.account_exists]


@pytest.fixture
def event(db, sofia):
    return record(db, "account.looked_after", by=None, subject=sofia)


@pytest.mark.parametrize(("about", "purpose", "path"), WITH_LINK)
def test_a_link_goes_to_the_address_it_is_about(db, mailbox, sofia, event, about, purpose, path):
    token = make_mail_token(db, sofia, purpose, "s" * 43, email=OTHER)
    about(db, sofia, event, token)
    [letter] = mailbox.letters()
    assert letter.to == OTHER
    assert "Hello Sofia," in letter.text
    assert mailbox.link(OTHER).startswith(path)


@pytest.mark.parametrize("about", WITHOUT)
def test_what_is_only_said_goes_to_the_address_the_account_has(db, mailbox, sofia, event, about):
    about(db, sofia, event)
    [letter] = mailbox.letters()
    assert letter.to == sofia.email
    assert mailbox.secrets() == set()


@pytest.mark.parametrize("template", ["email_confirmation", "email_change", "password_reset",
                                      "account_exists"])  # fmt: skip
def test_what_is_nobodys_never_leaves(db, mailbox, event, template):
    tell.nobody(db, template, "nobody@skileez.example", event)
    assert mailbox.letters() == []
    assert db.query(OutgoingMail).one().status is MailStatus.DROPPED


def test_an_event_is_told_once(db, sofia, event):
    tell.password_changed(db, sofia, event)
    db.flush()
    with pytest.raises(IntegrityError), db.begin_nested():
        tell.password_changed(db, sofia, event)
        db.flush()


def test_the_new_address_is_named_where_it_is_the_news(db, mailbox, sofia, event):
    token = make_mail_token(db, sofia, Purpose.RESTORE_EMAIL, "s" * 43, email="old@skileez.example")
    tell.email_changed(db, sofia, event, token)
    [letter] = mailbox.letters()
    assert sofia.email in letter.text and letter.to == "old@skileez.example"
