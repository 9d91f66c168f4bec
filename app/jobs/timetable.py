"""The clock that starts jobs: one thread, one job at a time, until it is told to stop."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from app import logs
from app.jobs.bundle_notices import bundle_notices
from app.jobs.deliver_mail import deliver_mail
from app.jobs.learning_requests import meet_deadlines
from app.jobs.learning_sessions import keep_sessions_up
from app.jobs.reviews import look_after_reviews
from app.jobs.session_reminders import remind_of_sessions
from app.jobs.sweep import sweep
from app.jobs.unread_messages import tell_of_unread_messages
from app.settings import Settings
from db.engine import OF_JOBS, Database
from db.working import NAME, working

if TYPE_CHECKING:
    from app.metrics import Counts

log = logging.getLogger("skileez.jobs")

Work = Callable[[Settings, Database, threading.Event], None]
GLANCE = 0.5  # seconds between two looks at whether a signal has come
SOON = 5.0  # seconds, at least, before a job that failed is tried again


class Job(msgspec.Struct, frozen=True):
    """What is done, and after how many seconds again."""

    work: Work
    every: float


JOBS = (
    Job(deliver_mail, 1),
    Job(meet_deadlines, 60),
    Job(keep_sessions_up, 60),
    Job(look_after_reviews, 60),
    Job(remind_of_sessions, 60),
    Job(tell_of_unread_messages, 30),
    Job(bundle_notices, 60),
    Job(sweep, 300),
)


class Clock:
    """Starts each job when its time has come. What fails is said once, and tried again."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        jobs: tuple[Job, ...] = JOBS,
        counts: "Counts | None" = None,
    ) -> None:
        self.counts = counts
        self.settings = settings
        self.database = database
        self.stop = threading.Event()
        self.due = dict.fromkeys(jobs, 0.0)
        self.failing: set[Job] = set()

    def run(self) -> None:
        """Until `stop` is set."""
        while not self.stop.is_set():
            for job, at in self.due.items():
                if time.monotonic() >= at and not self.stop.is_set():
                    went_well = self.started(job)
                    if self.counts is not None:
                        self.counts.job(job.work.__name__, went_well=went_well)
                    pause = job.every if went_well else max(job.every, SOON)
                    self.due[job] = time.monotonic() + pause
            self.stop.wait(max(0.0, min(self.due.values()) - time.monotonic()))

    def started(self, job: Job) -> bool:
        """Do a job; whether it went well. The database may be gone for a while, for example."""
        name = job.work.__name__
        try:
            job.work(self.settings, self.database, self.stop)
        except Exception as error:
            if job not in self.failing:
                log.exception("%s failed, and is tried again", name, exc_info=error)
            self.failing.add(job)
            return False
        if job in self.failing:
            log.info("%s works again", name)
            self.failing.discard(job)
        return True


def run_jobs(settings: Settings, counts: "Counts | None" = None) -> None:
    """Be the process that runs the jobs, until it is told to stop by a signal."""
    logs.begin(settings.log_format)
    database = Database(settings.database_url, pool_size=1, timeouts=OF_JOBS, name=NAME)
    if counts is not None:
        counts.watch(database)
    clock = Clock(settings, database, counts=counts)

    def stop(*_: Any) -> None:
        clock.stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    # Not in this thread: a signal interrupts it anywhere, also while it holds the stop's own lock.
    thread = threading.Thread(target=clock.run, daemon=True)
    thread.start()
    with _seen_working(database):
        while thread.is_alive():
            # A single long join sleeps on when the system hands the signal to the other thread.
            thread.join(GLANCE)
    database.dispose()


@contextmanager
def _seen_working(database: Database) -> Iterator[None]:
    with ExitStack() as held:
        try:
            held.enter_context(working(database))
        except OSError as error:
            log.warning("nobody sees that this works", exc_info=error)
        yield
