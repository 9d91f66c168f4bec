"""What a node counts, for Prometheus: each process in files of its own, summed up when asked.

Imported only where METRICS is set. The files are in memory where a system has a folder for that:
they are mapped, and a full disk behind them would end the process that counts.
"""

import os
import shutil
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from tempfile import TemporaryDirectory
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import MetricsHandler
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from db.engine import Database
from db.queries import outgoing_mail

IN_MEMORY = "/dev/shm"  # noqa: S108 -- a folder of our own in it, closed to others
SECONDS = (0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0)
OURS: dict[str, Any] = {"namespace": "skileez", "registry": None}  # nothing of its own accord
PATIENCE = 2.0  # seconds for the database, of the ten that collectors wait by default
IN_USE = "in use"
NO_ROUTE = "none"


@contextmanager
def counting() -> Iterator["Counts"]:
    """Begin to count, before any process is forked; nothing of it stays behind."""
    place = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="skileez-metrics-", dir=place, ignore_cleanup_errors=True) as at:
        yield Counts(at)


class Counts:
    """What the processes of a node count together; each of them first says which part it is.

    Parts have numbers and no process ids, so that whoever replaces a process counts on in its
    files, and they stay few.
    """

    def __init__(self, folder: str) -> None:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = self.folder = folder
        self.part = 0
        values.ValueClass = values.MultiProcessValue(lambda: self.part)  # type: ignore[no-untyped-call]
        self.requests = Counter("requests", "Answers.", ("route", "status"), **OURS)
        self.seconds = Histogram(
            "request_seconds", "From the last header of a request to the end of its answer.",
            ("route",), buckets=SECONDS, **OURS,
        )  # fmt: skip
        summed = {**OURS, "multiprocess_mode": "livesum"}
        self.in_flight = Gauge("in_flight", "Requests being answered.", **summed)
        self.connections = Gauge("database_connections", "Taken from the pools.", **summed)
        self.busy = Counter("busy", "Answers that said: come back in a few seconds (503).", **OURS)
        self.replaced = Counter("replaced", "Processes that ended and were replaced.", **OURS)
        self.failures = Counter(
            "job_failures", "How often what a clock starts failed.", ("job",), **OURS
        )
        self.done = Gauge(
            "job_done_timestamp_seconds", "When what a clock starts last went well.", ("job",),
            multiprocess_mode="max", **OURS,
        )  # fmt: skip

    def become(self, part: int) -> None:
        """Be this part from now on, perhaps after one that died while it was busy."""
        mark_process_dead(part)  # type: ignore[no-untyped-call]
        self.part = part
        self.seconds.labels(NO_ROUTE)  # makes the files

    def forget(self) -> None:
        """Remove the files; processes that have made theirs can go on until they end."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def request(self, route: str | None, status: int, seconds: float, *, is_health: bool) -> None:
        """Count an answer; a status of 0 means there was none."""
        self.in_flight.dec()
        name = route or NO_ROUTE
        self.requests.labels(name, f"{status // 100}xx" if status else "none").inc()
        self.seconds.labels(name).observe(seconds)
        if status == 503 and not is_health:
            self.busy.inc()

    def job(self, name: str, *, went_well: bool) -> None:
        """Count a job that has run."""
        failures = self.failures.labels(name)  # named from the first run on, with 0
        if went_well:
            self.done.labels(name).set(now().timestamp())
        else:
            failures.inc()

    def watch(self, database: Database) -> None:
        """Count the connections of this process that are in use."""
        for pool in {database.engine.pool, database.reading_engine.pool}:
            event.listen(pool, "checkout", self._taken)
            event.listen(pool, "checkin", self._brought_back)

    def _taken(self, _: Any, record: Any, __: Any) -> None:
        record.record_info[IN_USE] = True
        self.connections.inc()

    def _brought_back(self, _: Any, record: Any) -> None:
        # Also said of one that could not be made, and so was never taken.
        if record.record_info.pop(IN_USE, False):
            self.connections.dec()

    def serve(self, door: socket.socket, database: Database) -> None:
        """Be the process that says it all to whoever asks there, until told to stop by a signal."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry, self.folder)  # type: ignore[no-untyped-call]
        registry.register(Outbox(database))
        address = door.getsockname()[:2]
        handler = MetricsHandler.factory(registry)
        server = ThreadingHTTPServer(address, handler, bind_and_activate=False)
        server.socket.close()
        server.socket = door
        server.server_activate()
        server.serve_forever()


class Outbox(Collector):
    """What is asked of the database each time: the same number on all nodes of a site."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.thread = ThreadPoolExecutor(1)

    def collect(self) -> Sequence[Metric]:
        """Whether it answers in time, and how many mails stand how."""
        asked = self.thread.submit(self.counts)
        try:
            counts = asked.result(PATIENCE)
        except (SQLAlchemyError, OSError):  # a TimeoutError is one
            asked.cancel()
            counts = None
        up = GaugeMetricFamily("skileez_database_up", "Whether the database answers.")
        up.add_metric([], counts is not None)
        mails = GaugeMetricFamily("skileez_mails", "Mails that have not left.", labels=["status"])
        for status, count in (counts or {}).items():
            mails.add_metric([status], count)
        return [up, mails]

    def counts(self) -> dict[str, int]:
        """How many mails stand how, of those that have not left."""
        with self.database.reading() as db:
            return {status.value: count for status, count in outgoing_mail.counts(db).items()}
