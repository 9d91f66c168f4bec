"""Many at once, on real commits: numbers without gaps, polls that miss nothing, one key once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.actions import messages as sending
from app.actions.messages import send_message
from app.actions.threads import mark_read, open_thread, start_thread
from app.clock import now
from app.errors import Refused, TooMany
from app.forms.messages import MessageForm
from db.models.accounts import Side
from db.models.messages import Message
from db.models.profiles import CoachProfile
from db.models.threads import Thread
from db.queries import messages, thread_lines
from tests.factories import make_coach, make_student, make_thread
from tests.people import as_viewer
from tests.thorough import ROUNDS

EACH = 60


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    db.commit()
    return thread


def write(database, number, by):
    for count in range(EACH):
        with database.writing() as own:
            form = MessageForm(text=f"{by.first_name} {count}")
            send_message(own, own.get_one(Thread, number), form, by=by)


def poll(database, number, reader, writing):
    seen, cursor = [], 0
    while writing.is_set() or cursor < 2 * EACH:
        with database.reading() as own:
            if own.get_one(Thread, number).last_number > cursor:
                talk = messages.since(own, number, reader.id, cursor)
                seen += [(line.number, line.text) for line in talk.lines]
                cursor = talk.last or cursor
    return seen


def test_two_write_and_a_poller_misses_nothing(
    real_database, db, thread, sofia, carla, monkeypatch
):
    monkeypatch.setattr(sending, "LIMITS", ())
    number, people = thread.id, [as_viewer(db, person) for person in (sofia, carla)]
    db.commit()
    writing = threading.Event()
    writing.set()
    with ThreadPoolExecutor(3) as pool:
        polled = pool.submit(poll, real_database, number, people[0], writing)
        try:
            list(pool.map(lambda by: write(real_database, number, by), people))
        finally:
            writing.clear()
        seen = polled.result(timeout=60)
    with real_database.reading() as own:
        stored = own.query(Message.number, Message.text).order_by(Message.number).all()
        last = own.get_one(Thread, number).last_number
    assert seen == [tuple(row) for row in stored]
    assert [row.number for row in stored] == list(range(1, 2 * EACH + 1))
    assert last == 2 * EACH
    for person in people:  # each one's own words stay in their order
        own_words = [text for _, text in seen if text.startswith(person.first_name)]
        assert own_words == [f"{person.first_name} {count}" for count in range(EACH)]


class Polls:
    """A page that polls without end; whoever wants to can wait until it has polled again."""

    def __init__(self, database, number, reader_id):
        self.database, self.number, self.reader_id = database, number, reader_id
        self.seen, self.cursor, self.times = [], 0, 0
        self.again, self.over = threading.Condition(), threading.Event()

    def run(self):
        while not self.over.is_set():
            self.once()

    def once(self):
        with self.database.reading() as own:
            if own.get_one(Thread, self.number).last_number > self.cursor:
                talk = messages.since(own, self.number, self.reader_id, self.cursor)
                self.seen += [(line.number, line.text) for line in talk.lines]
                self.cursor = talk.last or self.cursor
        with self.again:
            self.times += 1
            self.again.notify_all()

    def wait_for_another(self):
        """One that begins from now on, and what it saw is seen."""
        with self.again:
            until = self.times + 2
            assert self.again.wait_for(lambda: self.times >= until, timeout=60)


DELAYED = ("the first", "the second", "both", "neither")


def test_whichever_commit_is_delayed_a_poller_gets_all_in_order_and_nothing_twice(
    real_database, db, thread, sofia, carla, monkeypatch
):
    monkeypatch.setattr(sending, "LIMITS", ())
    people = [as_viewer(db, person) for person in (sofia, carla)]
    polls = Polls(real_database, thread.id, people[0].id)
    db.commit()

    def write(round_, place, taken):
        by = people[(round_ + place) % 2]
        if place == 1:
            assert taken.wait(60)
        with real_database.writing() as own:
            send(own, by, round_)
            taken.set()  # a number is taken, and not to be seen yet
            if DELAYED[round_ // 2 % 4] in (("the first", "the second")[place], "both"):
                polls.wait_for_another()

    def send(own, by, round_):
        words = MessageForm(text=f"{by.first_name} {round_}")
        send_message(own, own.get_one(Thread, polls.number), words, by=by)

    with ThreadPoolExecutor(3) as pool:
        polling = pool.submit(polls.run)
        try:
            for round_ in range(ROUNDS):
                taken = threading.Event()
                for each in [pool.submit(write, round_, place, taken) for place in (0, 1)]:
                    each.result(timeout=60)
        finally:
            polls.over.set()
        polling.result(timeout=60)
    polls.once()
    with real_database.reading() as own:
        stored = own.query(Message.number, Message.text).order_by(Message.number).all()
    assert polls.seen == [tuple(row) for row in stored]
    assert [row.number for row in stored] == list(range(1, 2 * ROUNDS + 1))


def at_once(times, work):
    start = threading.Barrier(times)

    def begin(count):
        start.wait()
        return work(count)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(begin, range(times)))


def test_one_key_twenty_times_is_one_message(real_database, browser, db, thread, sofia):
    address, sent = f"/messages/{thread.id}", {"text": "Hello", "form_key": "once"}
    sofias = browser.as_(sofia)
    sofias.settle()
    sofias.settle = lambda: None
    answers = at_once(20, lambda count: sofias.htmx.post(address, sent))
    assert {answer.status for answer in answers} == {200}
    assert {answer.one("li.msg")["id"] for answer in answers} == {"m1"}
    db.rollback()
    assert db.query(Message).count() == 1


def test_a_pair_that_meets_twice_at_once_has_one_thread(real_database, db, sofia, carla):
    db.commit()
    student, coach = sofia.id, carla.id
    db.commit()

    def meet(count):
        with real_database.writing() as own:
            return open_thread(own, student_id=student, coach_id=coach).id

    assert len(set(at_once(8, meet))) == 1
    assert db.query(Thread).count() == 1


def test_the_limit_of_new_coaches_holds_for_many_tabs(real_database, db, sofia):
    coaches = [make_coach(db).id for _ in range(14)]
    by = as_viewer(db, sofia)
    db.commit()

    def write(count):
        try:
            with real_database.writing() as own:
                coach = own.get_one(CoachProfile, coaches[count])
                start_thread(own, coach, MessageForm(text="Hello"), by=by)
        except TooMany:
            return 0
        return 1

    assert sum(at_once(14, write)) == 10
    assert db.query(Thread).count() == 10


def recount(db, thread):
    """What is unread on each side, counted message by message."""
    own = db.query(Message.sender_id, Message.number).filter_by(thread_id=thread.id).all()
    read = {thread.student_id: thread.student_read, thread.coach_id: thread.coach_read}
    return [
        sum(sender != person and number > read[person] for sender, number in own)
        for person in (thread.student_id, thread.coach_id)
    ]


def test_unread_counts_equal_a_recount_after_any_reading_and_writing_at_once(
    real_database, db, thread, sofia, carla, monkeypatch
):
    monkeypatch.setattr(sending, "LIMITS", ())
    number, people = thread.id, [as_viewer(db, person) for person in (sofia, carla)]
    db.commit()

    def act(count):
        by = people[count % 2]
        for turn in range(15):
            with real_database.writing() as own:
                seen = own.get_one(Thread, number)
                if (count + turn) % 3:
                    form = MessageForm(text=f"{by.first_name} {count} {turn}")
                    send_message(own, seen, form, by=by)
                else:  # what the page showed, which may be old by now
                    mark_read(own, number, by.id, max(seen.last_number - turn % 4, 0))

    at_once(6, act)
    seen = db.get_one(Thread, number, populate_existing=True)
    assert seen.last_number == db.query(Message).count() == 60
    for person, side, unread, waits in (
        (people[0], Side.STUDENT, recount(db, seen)[0], seen.student_waits_at),
        (people[1], Side.COACH, recount(db, seen)[1], seen.coach_waits_at),
    ):
        [line] = thread_lines.lines(db, person.id, side, at=now()).items
        assert line.unread == unread
        assert (waits is not None) == (unread > 0)
        mark_read(db, number, person.id, seen.last_number)
    db.refresh(seen)
    assert recount(db, seen) == [0, 0]
    assert (seen.student_waits_at, seen.coach_waits_at) == (None, None)


def test_the_same_words_in_many_tabs_reach_four_people(real_database, db, carla):
    talks = [make_thread(db, make_student(db), carla).id for _ in range(10)]
    by = as_viewer(db, carla)
    db.commit()

    def write(count):
        try:
            with real_database.writing() as own:
                form = MessageForm(text="Book me now, I am the best coach.")
                send_message(own, own.get_one(Thread, talks[count]), form, by=by)
        except Refused:
            return 0
        return 1

    assert sum(at_once(10, write)) == 4
    assert db.query(Message).count() == 4


def test_the_limit_a_minute_holds_for_many_tabs(real_database, db, carla):
    talks = [make_thread(db, make_student(db), carla).id for _ in range(30)]
    by = as_viewer(db, carla)
    db.commit()

    def write(count):
        try:
            with real_database.writing() as own:
                thread = own.get_one(Thread, talks[count])
                send_message(own, thread, MessageForm(text="Hello"), by=by)
        except TooMany:
            return 0
        return 1

    assert sum(at_once(30, write)) == 20


def test_two_who_begin_with_each_other_at_once_never_wait_for_ever(real_database, db, dora, carla):
    """Dora writes to Carla, and Carla, who learns as well, to Dora: two threads."""
    pairs = [(as_viewer(db, dora), carla.id), (as_viewer(db, carla), dora.id)]
    db.commit()

    def write(count):
        by, coach = pairs[count % 2]
        with real_database.writing() as own:
            start_thread(own, own.get_one(CoachProfile, coach), MessageForm(text="Hello"), by=by)

    at_once(8, write)
    assert (db.query(Thread).count(), db.query(Message).count()) == (2, 8)
