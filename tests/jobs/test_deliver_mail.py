"""What waits in the outbox leaves it once, or is left to staff with a sentence."""

import hashlib
import logging
import re
import stat
import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.actions.mail_tokens import end_tokens, issue_token, use_token
from app.clock import now
from app.jobs.deliver_mail import deliver_mail
from app.mail import claims, folder
from app.mail.outbox import enqueue
from db.base import Base
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.conftest import settings_for
from tests.factories import make_mail
from tests.post_office import PASSWORD, USER, post_office, scripted

__all__ = ["post_office"]

SENT = ("220 here", "250 here", "250 ok", "250 ok", "354 go on", "250 ok")


@pytest.fixture
def deliver(settings, database, db, tmp_path):
    """Does what the clock starts, once; `db` is kept before it and read afresh after it."""

    def once(port: int | None = None, url: str = "smtp://127.0.0.1:{}") -> None:
        db.commit()
        how = settings_for(database, tmp_path, SMTP_URL=url.format(port)) if port else settings
        deliver_mail(how, database, threading.Event())
        db.expire_all()

    return once


def letters(settings) -> list[folder.Written]:
    there = folder.newest(settings.data_dir, 50)
    return [folder.find(settings.data_dir, one.name) for one in there]


def secrets_in(settings) -> list[str]:
    return [re.findall(r"/([\w-]{43})\s", one.text)[0] for one in letters(settings)]


def only(db) -> OutgoingMail:
    return db.scalars(select(OutgoingMail)).one()


@pytest.fixture
def confirmation(db, sofia):
    """Sofia's mail with a link, as it waits in the outbox."""
    token = issue_token(db, sofia, Purpose.CONFIRM_EMAIL, sofia.email)
    return enqueue(
        db, "email_confirmation", key="event:1", to=sofia.email, account=sofia, token=token
    )


# It arrives.


def test_sofia_gets_a_link_that_works(settings, db, deliver, sofia, confirmation):
    deliver()
    [letter] = letters(settings)
    assert letter.to == "sofia@skileez.example"
    assert "Hello Sofia," in letter.text
    [secret] = secrets_in(settings)
    assert f"https://skileez.test/confirm-email/{secret}" in letter.html
    token = db.scalars(select(MailToken)).one()
    assert token.token_hash == hashlib.sha256(secret.encode()).digest()
    assert timedelta(hours=23, minutes=59) < token.expires_at - now() <= timedelta(hours=24)
    assert token.used_at is None
    use_token(db, secret, Purpose.CONFIRM_EMAIL)
    db.refresh(token)
    assert token.used_at is not None
    assert (confirmation.status, confirmation.attempts) == (MailStatus.SENT, 1)
    assert confirmation.sent_at and confirmation.handed_over_at
    deliver()
    assert len(letters(settings)) == 1


def test_a_file_is_readable_by_its_owner_alone(settings, db, deliver, confirmation):
    deliver()
    [file] = (settings.data_dir / "mail").iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_mail_server_gets_it_once(db, deliver, post_office, confirmation):
    for _ in range(3):
        deliver(post_office.port)
    [letter] = post_office.letters
    assert letter["To"] == "sofia@skileez.example"
    assert confirmation.status is MailStatus.SENT


def test_the_same_event_is_never_told_twice(db, sofia, confirmation):
    db.flush()
    with pytest.raises(IntegrityError), db.begin_nested():
        enqueue(db, "password_changed", key="event:1", to=sofia.email, account=sofia)


# It does not.


def test_a_dead_server_is_tried_by_the_table_and_then_left_to_staff(db, deliver, sofia):
    mail = make_mail(db, sofia)
    waits = []
    with time_machine.travel(now(), tick=False) as clock, scripted("554 go away") as port:
        for _ in range(6):
            deliver(port)
            waits.append((mail.status, mail.due_at - now()))
            deliver(port)  # too early
            clock.move_to(mail.due_at)
    minutes = [0 if wait is None else wait.total_seconds() / 60 for _, wait in waits]
    assert minutes == [1, 5, 30, 120, 360, 0]
    assert {status for status, _ in waits[:5]} == {MailStatus.WAITING}
    assert mail.status is MailStatus.SET_ASIDE
    assert mail.attempts == 6
    assert mail.problem.startswith("The mail server ")


def test_a_retry_has_a_new_link_and_the_first_one_is_dead(db, settings, deliver, confirmation):
    with scripted(*SENT[:4], "354 go on", "451 not now") as port:
        deliver(port)
    token = db.scalars(select(MailToken)).one()
    first = token.token_hash
    assert first is not None
    assert confirmation.handed_over_at is None
    with time_machine.travel(confirmation.due_at + timedelta(seconds=1)):
        deliver()
    assert token.token_hash != first
    assert confirmation.status is MailStatus.SENT


def test_an_address_that_is_refused_is_left_to_staff_at_once(db, deliver, post_office, sofia):
    mail = make_mail(db, sofia)
    post_office.refused[sofia.email] = "550 No such user"
    deliver(post_office.port)
    assert (mail.status, mail.attempts) == (MailStatus.SET_ASIDE, 1)
    assert "550 No such user" in mail.problem


def test_a_mail_that_may_have_arrived_is_not_sent_again(db, deliver, sofia):
    mail = make_mail(db, sofia)
    with scripted(*SENT[:5], None) as port:
        deliver(port)
    assert mail.status is MailStatus.SET_ASIDE
    assert mail.handed_over_at is not None
    assert "It may have arrived" in mail.problem


def test_a_mail_whose_words_cannot_be_written_holds_nobody_up(db, settings, deliver, sofia):
    broken = make_mail(db, sofia, template="email_change")  # nobody said which address
    good = make_mail(db, sofia)
    deliver()
    assert (broken.status, good.status) == (MailStatus.SET_ASIDE, MailStatus.SENT)
    assert broken.problem == "Its words could not be written."


def test_a_folder_that_cannot_be_written_is_named(db, settings, deliver, sofia):
    mail = make_mail(db, sofia)
    (settings.data_dir / "mail").write_text("in the way")
    deliver()
    assert mail.status is MailStatus.WAITING
    assert mail.problem == "The data folder does not take it: File exists."


@pytest.mark.parametrize("how", ["used", "gone"])
def test_a_mail_whose_link_was_called_off_is_dropped(
    db, settings, deliver, sofia, how, confirmation
):
    if how == "gone":
        db.flush()
        end_tokens(db, sofia, Purpose.CONFIRM_EMAIL)
    else:
        db.scalars(select(MailToken)).one().used_at = now()
    deliver()
    assert only(db).status is MailStatus.DROPPED
    assert letters(settings) == []


# Senders that die.


def claimed(db, mail, **but) -> None:
    mail.status, mail.attempts, mail.due_at = MailStatus.SENDING, 1, now() + claims.LEASE
    for name, value in but.items():
        setattr(mail, name, value)


def test_a_sender_that_died_before_it_handed_over_is_replaced(db, settings, deliver, sofia):
    mail = make_mail(db, sofia)
    claimed(db, mail)
    deliver()
    assert mail.status is MailStatus.SENDING
    with time_machine.travel(now() + claims.LEASE):
        deliver()
    assert (mail.status, mail.attempts) == (MailStatus.SENT, 2)
    assert len(letters(settings)) == 1


def test_a_sender_that_died_afterwards_is_not(db, settings, deliver, sofia):
    mail = make_mail(db, sofia)
    claimed(db, mail, handed_over_at=now())
    with time_machine.travel(now() + claims.LEASE):
        deliver()
    assert mail.status is MailStatus.SET_ASIDE
    assert "It may have arrived" in mail.problem
    assert letters(settings) == []


def test_what_senders_die_of_again_and_again_is_left_to_staff(db, deliver, sofia):
    mail = make_mail(db, sofia)
    claimed(db, mail, attempts=6)
    with time_machine.travel(now() + claims.LEASE):
        deliver()
    assert mail.status is MailStatus.SET_ASIDE


def test_a_sender_that_wakes_up_too_late_sends_nothing(db, settings, database, deliver, sofia):
    mail = make_mail(db, sofia)
    db.commit()
    late = claims.claim(database)
    with time_machine.travel(now() + claims.LEASE):
        deliver()
        with pytest.raises(claims.Lost):
            claims.hand_over(database, late)
        with pytest.raises(claims.Lost):
            claims.mark_sent(database, late)
    assert len(letters(settings)) == 1
    assert mail.status is MailStatus.SENT


# Nothing secret stays behind.


def test_no_secret_is_in_the_database_or_in_what_is_logged(
    db, settings, deliver, sofia, confirmation, caplog
):
    caplog.set_level(logging.DEBUG)
    refused = make_mail(db, sofia)
    with scripted(*SENT[:4], "554 no") as port:
        deliver(port, f"smtp://{USER}:{PASSWORD}@127.0.0.1:{{}}")
    assert refused.status is MailStatus.WAITING
    confirmation.due_at = refused.due_at = now()
    deliver()
    [secret] = [
        found for one in letters(settings) for found in re.findall(r"/([\w-]{43})\s", one.text)
    ]
    tables = Base.metadata.sorted_tables
    stored = " ".join(
        str(row) for table in tables for row in db.execute(text(f"SELECT * FROM {table.name}"))
    )
    assert "sofia@skileez.example" in stored
    for hidden in (secret, PASSWORD):
        assert hidden not in stored
        assert hidden not in caplog.text
    assert "sofia@" not in caplog.text
