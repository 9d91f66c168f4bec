"""Notices: what was read long ago goes, what was not read stays."""

import threading
from datetime import timedelta

from app.clock import now
from app.jobs.sweep import sweep
from db.models.notices import Notice
from tests.factories import make_notice

LONG_AGO = now() - timedelta(days=91)


def test_what_sofia_read_ninety_days_ago_goes(settings, database, db, sofia):
    make_notice(db, sofia, created_at=LONG_AGO, read_at=LONG_AGO)
    kept = [
        make_notice(db, sofia, created_at=LONG_AGO),
        make_notice(db, sofia, created_at=LONG_AGO, read_at=now() - timedelta(days=89)),
    ]
    names = {one.key for one in kept}
    db.commit()
    sweep(settings, database, threading.Event())
    db.expire_all()
    assert {one.key for one in db.query(Notice)} == names
