"""Reading: only one's own, and only once."""

from datetime import timedelta

from app.actions.notices import mark_notices_read, mark_thread_notices_read
from app.clock import now
from tests.factories import make_notice, make_thread


def test_sofia_reads_hers_and_nobody_elses(db, sofia, sam):
    hers, his = make_notice(db, sofia), make_notice(db, sam)
    mark_notices_read(db, sofia.id, [hers.id, his.id])
    db.expire_all()
    assert hers.read_at is not None and his.read_at is None


def test_what_was_read_keeps_the_time_it_was_read(db, sofia):
    before = now() - timedelta(days=3)
    notice = make_notice(db, sofia, read_at=before)
    mark_notices_read(db, sofia.id, [notice.id])
    db.expire_all()
    assert notice.read_at == before


def test_a_thread_reads_what_is_about_it_for_one_of_the_two(db, sofia, carla, dora):
    thread, other = make_thread(db, sofia, carla), make_thread(db, sofia, dora)
    about, elsewhere = (make_notice(db, sofia, thread_id=one.id) for one in (thread, other))
    carlas = make_notice(db, carla, thread_id=thread.id)
    mark_thread_notices_read(db, sofia.id, thread.id)
    db.expire_all()
    assert about.read_at is not None
    assert elsewhere.read_at is None and carlas.read_at is None
