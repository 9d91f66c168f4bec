"""Telling ends the waiting, whether there is something to tell or not; one side at a time."""

from app.actions.unread_messages import tell_of_unread
from app.clock import now
from db.models.accounts import Side
from db.models.events import Event
from db.models.notices import Notice
from db.queries import unread_messages
from tests.factories import make_message, make_thread


def test_telling_sofia_leaves_carla_waiting(db, sofia, carla):
    thread = make_thread(db, sofia, carla, student_waits_at=now(), coach_waits_at=now())
    make_message(db, thread, carla)
    thread = unread_messages.held(db, thread.id, Side.STUDENT, now())
    tell_of_unread(db, thread, Side.STUDENT)
    db.flush()
    assert thread.student_waits_at is None and thread.coach_waits_at is not None
    event, notice = db.query(Event).one(), db.query(Notice).one()
    assert (event.actor_id, event.subject_id) == (None, thread.id)
    assert notice.account_id == sofia.id
