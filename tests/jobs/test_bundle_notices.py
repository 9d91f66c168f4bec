"""One mail with everything, by however many nodes; who cannot be told keeps no other."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs import bundle_notices as job
from app.jobs.bundle_notices import bundle_notices
from db.engine import Database
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from tests.factories import make_notice

NODES, ROUNDS = 4, 10


def run(settings, database, db):
    db.commit()
    bundle_notices(settings, database, threading.Event())
    db.expire_all()


def test_what_is_due_is_mailed_and_the_rest_waits(settings, database, db, sofia, dora):
    make_notice(db, sofia, mail_due_at=now())
    make_notice(db, dora, mail_due_at=now() + timedelta(hours=1))
    make_notice(db, dora)
    for _ in range(2):
        run(settings, database, db)
    [mail] = db.query(OutgoingMail)
    assert (mail.template, mail.account_id) == ("notices_bundled", sofia.id)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_several_nodes_at_once_mail_each_notice_once(
    real_database, settings, db, sofia, dora, number
):
    for account in (sofia, dora):
        for _ in range(3):
            make_notice(db, account, mail_due_at=now())
    db.commit()
    nodes = [Database(settings.database_url, pool_size=1) for _ in range(NODES)]
    try:
        with ThreadPoolExecutor(NODES) as pool:
            work = [pool.submit(bundle_notices, settings, node, threading.Event())
                    for node in nodes]  # fmt: skip
            late = pool.submit(_tell, real_database, sofia.id)
            for one in (*work, late):
                one.result()
    finally:
        for node in nodes:
            node.dispose()
    bundle_notices(settings, real_database, threading.Event())
    db.expire_all()
    told = [(mail.account_id, len(mail.detail["lines"])) for mail in db.query(OutgoingMail)]
    assert sum(lines for account, lines in told if account == dora.id) == 3
    assert sum(lines for account, lines in told if account == sofia.id) == 4  # none is lost
    assert db.query(Notice).filter(Notice.mail_due_at.is_not(None)).count() == 0


def _tell(database, account_id):
    """What happens to Sofia while the nodes are at it."""
    from db.models.accounts import Account

    with database.writing() as db:
        make_notice(db, db.get(Account, account_id), mail_due_at=now())


def test_who_cannot_be_told_keeps_no_other(settings, database, db, monkeypatch, sofia, dora):
    make_notice(db, sofia, mail_due_at=now() - timedelta(minutes=1))
    make_notice(db, dora, mail_due_at=now())
    tell = job.actions.bundle_notices

    def fails_once(own, account):
        if account.id == sofia.id:
            raise RuntimeError("a fault of ours")
        tell(own, account)

    monkeypatch.setattr(job.actions, "bundle_notices", fails_once)
    with pytest.raises(RuntimeError):
        run(settings, database, db)
    assert [mail.account_id for mail in db.query(OutgoingMail)] == [dora.id]
