import pytest

from db.queries import messages
from tests.factories import make_message, make_thread


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for number in range(70):
        make_message(db, thread, (sofia, carla)[number % 2], f"Message {number + 1}")
    return thread


def numbers(talk):
    return [line.number for line in talk.lines]


def test_a_thread_opens_at_its_last_thirty(db, thread, sofia):
    talk = messages.latest(db, thread.id, sofia.id)
    assert numbers(talk) == list(range(41, 71))
    assert (talk.first, talk.last) == (41, 70)
    assert [line.is_mine for line in talk.lines[:2]] == [True, False]


@pytest.mark.parametrize(("before", "first", "last"), [(41, 11, 40), (11, 1, 10), (2, 1, 1)])
def test_earlier_ones_join_without_a_gap(db, thread, sofia, before, first, last):
    talk = messages.latest(db, thread.id, sofia.id, before=before)
    assert numbers(talk) == list(range(first, last + 1))


@pytest.mark.parametrize("before", [1, 2**31 - 1, 2**63 - 1])
def test_numbers_that_no_message_has_are_no_fault(db, thread, sofia, before):
    messages.latest(db, thread.id, sofia.id, before=before)


def test_since_brings_what_came_after(db, thread, sofia):
    assert numbers(messages.since(db, thread.id, sofia.id, 68)) == [69, 70]
    assert numbers(messages.since(db, thread.id, sofia.id, 70)) == []
    assert numbers(messages.since(db, thread.id, sofia.id, 0)) == list(range(1, 71))


def test_a_long_absence_is_caught_up_in_steps(db, thread, sofia, monkeypatch):
    monkeypatch.setattr(messages, "CAUGHT_UP", 30)
    seen, steps = 0, []
    while found := numbers(messages.since(db, thread.id, sofia.id, seen)):
        seen = found[-1]
        steps += found
    assert steps == list(range(1, 71))


def test_seen_is_the_last_own_message_the_other_one_has_read(db, thread, sofia, carla):
    assert messages.last_seen(db, thread.id, sofia.id, 70) == 69
    assert messages.last_seen(db, thread.id, carla.id, 67) == 66
    assert messages.last_seen(db, thread.id, carla.id, 1) == 0
