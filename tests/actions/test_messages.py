from datetime import timedelta

import pytest

from app.actions import messages as sending
from app.actions.messages import send_message
from app.clock import now
from app.errors import TooMany
from app.forms.messages import MessageForm
from db.models.messages import Message
from db.queries import messages
from tests.factories import make_message, make_thread


@pytest.fixture
def thread(db, sofia, carla):
    return make_thread(db, sofia, carla, student_wrote_at=None)


def send(db, thread, by, text="Hola"):
    return send_message(db, thread, MessageForm(text=text), by=by)


def test_sofias_words_get_the_next_number_and_are_read_by_herself(db, thread, sofia, viewer):
    assert [send(db, thread, viewer(sofia)).number for _ in range(3)] == [1, 2, 3]
    db.refresh(thread)
    assert (thread.last_number, thread.student_read, thread.coach_read) == (3, 3, 0)
    assert thread.last_sender_id == sofia.id
    assert thread.last_message_at is not None


def test_only_the_students_words_open_the_conversation(db, thread, sofia, carla, viewer):
    send(db, thread, viewer(carla))
    db.refresh(thread)
    assert thread.student_wrote_at is None
    send(db, thread, viewer(sofia))
    db.refresh(thread)
    first = thread.student_wrote_at
    send(db, thread, viewer(sofia))
    db.refresh(thread)
    assert first is not None and thread.student_wrote_at == first


def test_the_inbox_gets_the_beginning_on_one_line(db, thread, sofia, viewer):
    send(db, thread, viewer(sofia), "Hello\n\nCarla " + "x" * 3000)
    db.refresh(thread)
    assert thread.last_text.startswith("Hello Carla xxx")
    assert len(thread.last_text) == 200


@pytest.mark.parametrize(
    ("most", "window"), [(20, timedelta(minutes=1)), (200, timedelta(hours=1))]
)
def test_a_flood_is_stopped_until_the_window_has_passed(db, thread, carla, viewer, most, window):
    for number in range(most):
        make_message(db, thread, carla, created_at=now() - window + timedelta(seconds=30 + number))
    if most == 200:  # none within the last minute
        db.query(Message).filter(Message.created_at > now() - timedelta(minutes=1)).update(
            {Message.created_at: now() - timedelta(minutes=2)}
        )
    with pytest.raises(TooMany) as stopped:
        send(db, thread, viewer(carla))
    assert 0 < stopped.value.seconds <= 31


def test_other_peoples_messages_do_not_count(db, thread, sofia, carla, viewer):
    for _ in range(20):
        make_message(db, thread, carla)
    assert send(db, thread, viewer(sofia)).number == 21


def test_the_limits_are_those_of_the_product():
    assert [(limit[0].total_seconds(), limit[1]) for limit in sending.LIMITS] == [
        (60, 20),
        (3600, 200),
    ]


def test_what_is_sent_is_what_is_read(db, thread, sofia, viewer):
    words = "<b>Hola</b> & adiós\n\n😀"
    send(db, thread, viewer(sofia), words)
    [line] = messages.latest(db, thread.id, sofia.id).lines
    assert line.text == words


# Who waits to be told.


def waits(db, thread):
    db.refresh(thread)
    return thread.student_waits_at, thread.coach_waits_at


def test_carla_waits_from_her_first_unread_message_on(db, thread, sofia, carla, viewer):
    message = send(db, thread, viewer(sofia))
    first = message.created_at + timedelta(minutes=10)
    assert waits(db, thread) == (None, first)
    send(db, thread, viewer(sofia))
    assert waits(db, thread) == (None, first)


def test_whoever_answers_waits_no_longer_and_the_other_one_does(db, thread, sofia, carla, viewer):
    send(db, thread, viewer(sofia))
    answer = send(db, thread, viewer(carla))
    assert waits(db, thread) == (answer.created_at + timedelta(minutes=10), None)


def test_once_told_more_words_do_not_begin_anew(db, thread, sofia, carla, viewer):
    send(db, thread, viewer(sofia))
    thread.coach_waits_at = None
    db.flush()
    send(db, thread, viewer(sofia))
    assert waits(db, thread) == (None, None)
