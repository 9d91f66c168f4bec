"""The clock: every job in its turn, whatever happens to the others, until it is told to stop."""

import logging
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from app.jobs.timetable import JOBS, Clock, Job
from db.engine import Database
from tests.patience import PATIENCE, until


@contextmanager
def running(settings, database, *jobs):
    clock = Clock(settings, database, jobs)
    thread = threading.Thread(target=clock.run)
    thread.start()
    try:
        yield clock
    finally:
        clock.stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_mail_is_looked_for_every_second_and_the_house_swept_now_and_then():
    assert {job.work.__name__: job.every for job in JOBS} == {
        "deliver_mail": 1, "meet_deadlines": 60, "keep_sessions_up": 60,
        "tell_of_unread_messages": 30, "bundle_notices": 60, "sweep": 300,
        "look_after_reviews": 60, "remind_of_sessions": 60,
    }  # fmt: skip


def test_a_job_is_started_again_and_again_and_gets_what_it_needs(settings, database):
    calls = []

    def count(*given):
        calls.append(given)

    with running(settings, database, Job(count, 0.01)) as clock:
        until(lambda: len(calls) >= 3)
    assert set(calls) == {(settings, database, clock.stop)}


def test_a_job_that_fails_is_said_once_and_tried_again(settings, database, caplog):
    caplog.set_level(logging.INFO)
    fails, other = iter([True, True, False]), []

    def shaky(*_):
        if next(fails, False):
            raise RuntimeError("broken")

    clock = Clock(settings, database, (Job(shaky, 0), Job(lambda *_: other.append(1), 0)))
    [shaky_job, other_job] = clock.due
    assert [clock.started(job) for job in (shaky_job, other_job, shaky_job, shaky_job)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert other == [1]
    said = [record.message for record in caplog.records]
    assert said == ["shaky failed, and is tried again", "shaky works again"]


def test_a_database_that_is_gone_is_waited_for(settings, caplog):
    gone = Database("postgresql://nobody@127.0.0.1:1/none")
    clock = Clock(settings, gone)
    assert [clock.started(job) for job in clock.due] == [False] * len(JOBS)
    assert [clock.started(job) for job in clock.due] == [False] * len(JOBS)
    errors = [record.exc_info[0] for record in caplog.records]
    assert errors == [OperationalError] * len(JOBS)
    gone.dispose()


@pytest.mark.parametrize("jobs", [(), JOBS])
def test_a_stop_is_heard_at_once(settings, database, jobs):
    clock = Clock(settings, database, jobs or (Job(lambda *_: None, 3600),))
    clock.stop.set()
    clock.run()
