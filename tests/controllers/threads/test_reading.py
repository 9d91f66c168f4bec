"""What counts as having read: the newest messages, by a person."""

from db.models.notices import Notice
from db.models.threads import Thread
from tests.factories import make_message, make_notice, make_thread


def unread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for _ in range(40):
        make_message(db, thread, carla)
    make_notice(db, sofia, thread_id=thread.id)
    db.commit()
    return thread


def state(db):
    db.expire_all()
    return db.query(Thread).one().student_read, db.query(Notice).one().read_at is not None


def test_older_messages_read_neither_the_newest_nor_the_notice(browser, db, sofia, carla):
    thread = unread(db, sofia, carla)
    assert browser.as_(sofia).get(f"/messages/{thread.id}?before=9").status == 200
    assert state(db) == (0, False)
    assert browser.as_(sofia).get(f"/messages/{thread.id}").status == 200
    assert state(db) == (40, True)


def test_a_browser_that_looks_ahead_reads_nothing(browser, db, sofia, carla):
    thread = unread(db, sofia, carla)
    ahead = {"Sec-Purpose": "prefetch;prerender"}
    assert browser.as_(sofia).get(f"/messages/{thread.id}", headers=ahead).status == 200
    assert state(db) == (0, False)
