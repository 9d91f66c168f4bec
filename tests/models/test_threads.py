import pytest
from sqlalchemy.exc import IntegrityError

from db.models.accounts import Side
from db.models.messages import Message
from db.models.threads import Thread
from tests.factories import make_account, make_thread


def test_sofia_and_dora_have_one_thread_for_each_way_round(database):
    with database.writing() as db:
        sofia, dora = make_account(db), make_account(db)
        make_thread(db, sofia, dora)
        make_thread(db, dora, sofia)
        with pytest.raises(IntegrityError), db.begin_nested():
            make_thread(db, sofia, dora)


def test_dora_has_no_thread_with_herself(database):
    with database.writing() as db:
        dora = make_account(db)
        with pytest.raises(IntegrityError), db.begin_nested():
            make_thread(db, dora, dora)


def test_a_number_is_given_once_in_each_thread(database):
    with database.writing() as db:
        sofia, carla = make_account(db), make_account(db)
        thread = make_thread(db, sofia, carla)
        add(db, message(thread, 1, sofia))
        with pytest.raises(IntegrityError), db.begin_nested():
            add(db, message(thread, 1, carla))
        add(db, message(thread, 2, carla))


def test_a_thread_knows_who_is_on_which_side():
    thread = Thread(student_id=1, coach_id=2)
    assert [thread.side_of(number) for number in (1, 2)] == [Side.STUDENT, Side.COACH]


def message(thread, number, sender):
    words = {"text": "Hello", "created_at": thread.created_at}
    return Message(thread_id=thread.id, number=number, sender_id=sender.id, **words)


def add(db, thing):
    db.add(thing)
    db.flush()
    return thing
