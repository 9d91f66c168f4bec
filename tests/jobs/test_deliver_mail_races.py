"""Many senders at one outbox: each mail leaves once, and nobody waits for a bad mail server."""

import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.jobs.deliver_mail import deliver_mail
from db.engine import Database
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.conftest import settings_for
from tests.factories import make_account, make_mail
from tests.patience import PATIENCE, until
from tests.post_office import dribbling, post_office

__all__ = ["post_office"]

MAILS, SENDERS = 20, 4


@pytest.fixture
def waiting(real_database):
    """Twenty mails for as many people."""
    with real_database.writing() as db:
        people = [make_account(db) for _ in range(MAILS)]
        for person in people:
            make_mail(db, person)
        return {person.email for person in people}


def counted(database: Database, status: MailStatus) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).where(OutgoingMail.status == status)) or 0


def test_four_senders_deliver_each_mail_once(real_database, tmp_path, post_office, waiting):
    settings = settings_for(
        real_database, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{post_office.port}"
    )
    start, failed = threading.Barrier(SENDERS), []
    # Each with connections of its own, as senders in processes of their own would have.
    nodes = [Database(settings.database_url) for _ in range(SENDERS)]

    def work(node: Database) -> None:
        start.wait(PATIENCE)
        try:
            deliver_mail(settings, node, threading.Event())
        except Exception as error:
            failed.append(error)

    senders = [threading.Thread(target=work, args=(node,)) for node in nodes]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(PATIENCE)
    for node in nodes:
        node.dispose()
    assert failed == []
    assert Counter(post_office.recipients) == Counter(waiting)
    assert len({letter["Message-ID"] for letter in post_office.letters}) == MAILS
    assert counted(real_database, MailStatus.SENT) == MAILS


def test_a_mail_server_that_hangs_slows_no_page(browser, real_database, tmp_path, db, sofia):
    make_mail(db, sofia)
    db.commit()
    with dribbling() as port:
        settings = settings_for(real_database, tmp_path, SMTP_URL=f"smtp://127.0.0.1:{port}")
        given = (settings, real_database, threading.Event())
        sender = threading.Thread(target=deliver_mail, args=given)
        sender.start()
        until(lambda: counted(real_database, MailStatus.SENDING) == 1)
        assert browser.as_(sofia).get("/dashboard").is_good
        assert browser.as_(sofia).post("/sign-out").status == 303
        assert sender.is_alive()  # neither waited for it
    sender.join(PATIENCE)
    assert counted(real_database, MailStatus.WAITING) == 1
