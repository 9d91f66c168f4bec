"""What the list asks: one statement for a page, and only of one person."""

from app.clock import now
from db.queries import notices
from tests.factories import make_notice, make_thread
from tests.statements import statements


def test_what_waits_in_a_thread_waits_for_one_of_the_two(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_notice(db, sofia, thread_id=thread.id)
    assert notices.wait_in(db, sofia.id, thread.id)
    assert not notices.wait_in(db, carla.id, thread.id)


def test_a_page_of_the_list_is_one_statement(database, db, sofia):
    made = [make_notice(db, sofia) for _ in range(25)]
    with statements(database) as sent:
        found = notices.lines(db, sofia.id, at=now())
    assert len(sent) == 1
    assert [line.id for line in found.items] == [one.id for one in reversed(made)][:20]
    rest = notices.lines(db, sofia.id, at=now(), after=found.next)
    assert [line.id for line in rest.items] == [one.id for one in reversed(made)][20:]
