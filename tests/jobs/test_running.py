"""Who delivers: the site by itself, or `skileez worker` beside it; in processes of their own."""

import ctypes
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.processes import GRACE
from db.migrate import newest_version, version
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.factories import make_account, make_mail
from tests.patience import until
from tests.sites import Site


@pytest.fixture
def start(real_database: Any, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Starts a site or a worker at this test's database."""
    address = real_database.url.render_as_string(hide_password=False)
    folders = (tmp_path / f"said-{number}" for number in count())
    given = {"DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data"), "DEMO": "0"}
    with ExitStack() as running:

        def begin(command: str = "run", **but: str) -> Site:
            folder = next(folders)
            folder.mkdir()
            site = Site(folder, command, **{**given, "WORKERS": "1", **but})
            running.callback(site.process.wait)
            running.callback(site.process.kill)
            return site

        yield begin


@pytest.fixture
def post(real_database: Any) -> Callable[[], Callable[[], MailStatus]]:
    """Puts a mail into the outbox, and says how to ask what became of it."""

    def put() -> Callable[[], MailStatus]:
        with real_database.writing() as db:
            key = make_mail(db, make_account(db)).key

        def status() -> MailStatus:
            with real_database.reading() as db:
                wanted = select(OutgoingMail.status).where(OutgoingMail.key == key)
                return db.scalars(wanted).one()

        return status

    return put


def test_the_site_delivers_by_itself_and_replaces_a_sender_that_dies(start, post, tmp_path):
    site = start().wait_until_up()
    first = post()
    until(lambda: first() is MailStatus.SENT)
    serving, sending = site.workers()
    os.kill(sending, signal.SIGKILL)
    until(lambda: len(set(site.workers()) - {serving, sending}) == 1)
    second = post()
    until(lambda: second() is MailStatus.SENT)
    assert len(list((tmp_path / "data" / "mail").glob("*.eml"))) == 2
    assert site.status_of("/healthz") == 200
    assert site.stop() == 0
    assert "Traceback" not in site.text()


def test_a_worker_delivers_beside_a_site_without_jobs(start, post):
    site = start(JOBS="0").wait_until_up()
    assert len(site.workers()) == 1
    assert "left to a worker: ./run worker" in site.text()
    status = post()
    worker = start("worker")
    until(lambda: status() is MailStatus.SENT)
    assert worker.process.poll() is None
    assert worker.stop() == 0
    assert "Traceback" not in worker.text()


def test_a_worker_that_comes_first_prepares_the_database(start, new_database):
    database = new_database()
    worker = start("worker", DATABASE_URL=database.url.render_as_string(hide_password=False))
    until(
        lambda: "delivers mail" in worker.text(), unless=lambda: worker.process.poll() is not None
    )
    assert version(database) == newest_version()
    assert worker.stop() == 0
    assert "Traceback" not in worker.text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_stops_although_its_mail_server_hangs(start, post, number):
    status = post()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        worker = start("worker", SMTP_URL=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        until(lambda: status() is MailStatus.SENDING)
        assert worker.stop(number) == 0
    assert status() is MailStatus.WAITING


def test_a_worker_stops_whichever_of_its_threads_is_told(start, post):
    worker, status = start("worker"), post()
    until(lambda: status() is MailStatus.SENT)
    pid = worker.process.pid
    threads = (int(task.name) for task in Path(f"/proc/{pid}/task").iterdir())
    other = next(thread for thread in threads if thread != pid)
    assert ctypes.CDLL(None).tgkill(pid, other, signal.SIGTERM) == 0
    assert worker.process.wait(GRACE) == 0
