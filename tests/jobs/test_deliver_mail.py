"""What waits in the outbox leaves it once, or is left to staff with a sentence."""

import hashlib
import re
import stat
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.mail_tokens import issue_token, use_token
from app.clock import now
from app.jobs.deliver_mail import deliver_mail
from app.mail import folder
from app.mail.outbox import enqueue
from db.models.mail_tokens import Purpose
from db.models.outgoing_mail import MailStatus, OutgoingMail


@pytest.fixture
def deliver(settings, database, db):
    """Does what the clock starts, once; `db` is kept before it and read afresh after it."""

    def once(**but):
        db.commit()
        deliver_mail(but.get("settings", settings), database, threading.Event())
        db.expire_all()

    return once


def letters(settings) -> list[folder.Written]:
    return [
        folder.find(settings.data_dir, one.name) for one in folder.newest(settings.data_dir, 50)
    ]


def only(db) -> OutgoingMail:
    return db.scalars(select(OutgoingMail)).one()


def test_sofia_gets_a_link_that_works(settings, db, deliver, sofia):
    token = issue_token(db, sofia, Purpose.CONFIRM_EMAIL, sofia.email)
    enqueue(db, "email_confirmation", key="event:1", to=sofia.email, account=sofia, token=token)
    deliver()
    [letter] = letters(settings)
    assert letter.to == "sofia@skileez.example"
    assert "Hello Sofia," in letter.text
    [secret] = re.findall(r"https://skileez\.test/confirm-email/(\S{43})\s", letter.text)
    assert secret in letter.html
    assert token.token_hash == hashlib.sha256(secret.encode()).digest()
    assert timedelta(hours=23, minutes=59) < token.expires_at - now() <= timedelta(hours=24)
    assert use_token(db, secret, Purpose.CONFIRM_EMAIL) is token
    mail = only(db)
    assert (mail.status, mail.attempts, mail.problem) == (MailStatus.SENT, 1, "")
    assert mail.sent_at is not None


def test_a_file_is_readable_by_its_owner_alone(settings, db, deliver, sofia):
    enqueue(db, "password_changed", key="event:1", to=sofia.email, account=sofia)
    deliver()
    [file] = (settings.data_dir / "mail").iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
