"""The processes of one node: a parent that loads the site once and watches, workers that serve,
and one that runs the jobs.

Forked and not spawned: workers are ready at once and share the memory of what was loaded.
"""

import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import uvicorn

from app import logs
from app.arrivals import Arrivals
from app.jobs.timetable import run_jobs
from app.settings import Settings, WrongSetting
from db.engine import OF_THE_SITE, Database

if TYPE_CHECKING:
    from app.metrics import Counts

log = logging.getLogger("skileez.processes")
KEEP_ALIVE = 300  # seconds; a dropped connection costs a phone on 2G more than two
GRACE = 10  # seconds that a stop waits for what is in flight
STOPS = (signal.SIGTERM, signal.SIGINT)
# How much more has to be there before Python looks for circles: among the newest things, the newer
# ones, all of them. By its own rule thousands of browsers that connect are looked through again and
# again, and everybody waits a tenth of a second each time; nearly nothing goes in circles here.
# (Python 3.14 looks through a little at a time, and knows the first two only.)
SELDOM = (5_000, 5, 40)
Work = Callable[[], None]
Door = socket.socket | None


class Doors(msgspec.Struct, frozen=True):
    """The addresses of a node: for people, and for whoever collects what it counts."""

    people: socket.socket
    metrics: Door


def opened(settings: Settings) -> Doors:
    """The addresses of this node, taken before anything else is done. Raises WrongSetting."""
    people = _bound("HOST and PORT", settings.host, settings.port)
    return Doors(people, _bound("METRICS", *settings.metrics) if settings.metrics else None)


def _bound(names: str, host: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise WrongSetting(
            f"{names}: {host} port {port} cannot be used: {error.strerror}."
        ) from error
    return door


def serve(settings: Settings, doors: Doors, make_app: "Callable[[Counts | None], Any]") -> None:
    """Serve until told to stop; a worker that dies is replaced."""
    logs.begin(settings.log_format)
    with ExitStack() as until_the_end:
        counts = None
        if doors.metrics:
            from app.metrics import counting  # a tenth of a second that others need not wait

            counts = until_the_end.enter_context(counting())
        config = configured(partial(make_app, counts))
        works = [
            partial(_begin, part, counts, work, others)
            for part, (work, others) in enumerate(_works(settings, doors, config, counts), 1)
        ]
        gc.collect()
        gc.freeze()  # what is loaded by now stays shared between the workers
        gc.set_threshold(*SELDOM)
        Workers(doors.people, counts).watch(works)


def _works(
    settings: Settings, doors: Doors, config: uvicorn.Config, counts: "Counts | None"
) -> Iterator[tuple[Work, list[Door]]]:
    """What each process does, and the doors that it leaves to others."""
    for _ in range(settings.workers):
        yield lambda: uvicorn.Server(config).run(sockets=[doors.people]), [doors.metrics]
    if settings.jobs:
        yield partial(run_jobs, settings, counts), [doors.people, doors.metrics]
    if counts is not None and doors.metrics is not None:
        database = Database(settings.database_url, pool_size=1, timeouts=OF_THE_SITE)
        yield partial(counts.serve, doors.metrics, database), [doors.people]


def _begin(part: int, counts: "Counts | None", work: Work, others: list[Door]) -> None:
    for door in filter(None, others):
        door.close()  # else it would stay open, unanswered, for as long as a stop takes
    if counts is not None:
        counts.become(part)
    work()


def configured(make_app: Callable[[], Any]) -> uvicorn.Config:
    """How every worker speaks HTTP."""
    return uvicorn.Config(
        make_app,
        factory=True,
        http=Arrivals,
        proxy_headers=False,  # app/web/networks.py reads them, and survives what is in them
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        access_log=False,  # app/watching.py writes one without addresses
        log_config=None,
        server_header=False,
        ws="none",
        log_level="warning",
    )


class Workers:
    """The parent's view of its workers."""

    def __init__(self, door: socket.socket, counts: "Counts | None" = None) -> None:
        self.door = door
        self.counts = counts
        self.alive: dict[int, Work] = {}
        self.told = threading.Event()
        # Only the parent keeps the second end open: when it closes, the parent is gone.
        self.parent_gone, self.parent_here = os.pipe()

    def watch(self, works: Sequence[Work]) -> None:
        """Start one for each work, and return when all have stopped."""
        for stop in STOPS:
            signal.signal(stop, self._stop)
        signal.signal(signal.SIGALRM, lambda *_: self._tell(signal.SIGKILL))
        for work in works:
            self._start(work)
        while self.alive:
            pid, status = os.wait()
            if pid not in self.alive:
                continue  # as process 1 of a container it inherits the orphans of others
            work = self.alive.pop(pid)
            if not self.told.is_set():
                code = os.waitstatus_to_exitcode(status)
                log.warning("Worker %s ended with %s; starting another.", pid, code)
                if self.counts is not None:
                    self.counts.replaced.inc()
                time.sleep(1)  # one that cannot start must not keep the machine busy
                self._start(work)

    def _start(self, work: Work) -> None:
        if self.told.is_set():
            return
        pid = os.fork()
        if pid == 0:
            self._be_a_worker(work)
        self.alive[pid] = work
        if self.told.is_set():  # told so while it was being made
            self._tell(signal.SIGTERM)

    def _be_a_worker(self, work: Work) -> None:
        code = 1
        try:
            for number in (*STOPS, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            os.close(self.parent_here)
            threading.Thread(target=self._end_with_the_parent, daemon=True).start()
            work()
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _end_with_the_parent(self) -> None:
        os.read(self.parent_gone, 1)
        if self.counts is not None:
            self.counts.forget()  # a parent that was killed did not
        os.kill(os.getpid(), signal.SIGTERM)

    def _stop(self, *_: Any) -> None:
        self.told.set()
        self.door.close()  # whoever comes now is refused, and a proxy asks another node
        self._tell(signal.SIGTERM)
        signal.alarm(GRACE + 5)

    def _tell(self, number: int) -> None:
        for pid in tuple(self.alive):
            os.kill(pid, number)
