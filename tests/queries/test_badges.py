"""What the badges count, in one statement: one's own, of the role view, and not what is open."""

from app.clock import now
from db.queries import badges, viewers
from db.queries.badges import Unread
from tests.factories import make_message, make_notice, make_thread
from tests.statements import statements


def test_the_badges_count_what_sofia_has_not_read_elsewhere(database, db, sofia, sam, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla)
    make_notice(db, sofia)
    make_notice(db, sofia, thread_id=thread.id)
    make_notice(db, sofia, read_at=now())
    make_notice(db, sam)
    viewer = viewers.of_account(db, sofia.id)
    with statements(database) as sent:
        assert badges.unread(db, viewer) == Unread(threads=1, notices=2)
    assert len(sent) == 1
    assert badges.unread(db, viewer, thread.id) == Unread(threads=0, notices=1)
    assert badges.unread(db, viewers.of_account(db, carla.id)) == Unread(0, 0)
    assert badges.unread(db, viewers.GUEST) == Unread(0, 0)
