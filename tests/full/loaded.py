"""A real site with people who write all the time, which can be killed and started again."""

import os
import random
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import Database
from db.migrate import migrate
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.full import recounts, told
from tests.full.pairs import Pair, make_pairs
from tests.full.writers import Load
from tests.patience import until
from tests.test_cli import Site, is_alive

PAIRS, WRITERS = 24, 6


class Loaded:
    """A site under load, which can be killed and started again at the same address."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.starts = 0
        self.port = port_of_our_own()
        self.site = self.start()
        self.site.wait_until_up()
        self.load = Load(_pairs(url), self.port, writers=WRITERS)
        self.load.begin()

    def start(self) -> Site:
        self.starts += 1
        until(lambda: is_free(self.port))  # threads of a dead process may still be on their way
        said = self.folder / f"said-{self.starts}"
        said.mkdir()
        self.site = Site(
            said, port=self.port, DATABASE_URL=self.url, DATA_DIR=str(self.folder / "data"),
            DEMO="0", WORKERS="2", LIMITS="1000",
        )  # fmt: skip
        return self.site

    def faults(self) -> list[str]:
        """What is wrong with what is stored, once the load is over and the site has stopped."""
        database = Database(self.url)
        try:
            with database.reading() as db:
                return [
                    *recounts.faults(db),
                    *told.differences(db, self.load.done),
                    *_mails(db, self.folder / "data"),
                ]
        finally:
            database.dispose()


def _mails(db: Session, data_dir: Path) -> list[str]:
    """Mails that count as sent and are not in the folder."""
    sent = set(db.scalars(select(OutgoingMail.id).filter_by(status=MailStatus.SENT)))
    there = {int(file.stem.rsplit("-", 1)[1]) for file in data_dir.glob("mail/*.eml")}
    return [f"mail {number} was never written" for number in sent - there]


def port_of_our_own() -> int:
    """One that the system gives to no client, which would then be connected to itself."""
    given = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()
    return next(filter(is_free, random.sample(range(10_000, int(given[0])), 100)))


def is_free(port: int) -> bool:
    with suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False


def _pairs(url: str) -> list[Pair]:
    # Closed again, so that the files have no other holder than the site that is to be killed.
    database = Database(url)
    migrate(database)
    try:
        return make_pairs(database, PAIRS)
    finally:
        database.dispose()


@contextmanager
def loaded(folder: Path, url: str) -> Iterator[Loaded]:
    here = Loaded(folder, url)
    try:
        yield here
    finally:
        here.load.over.set()
        if here.site.process.poll() is None:
            kill(here.site)


def kill(site: Site) -> None:
    """All its processes, at once, without a word."""
    doomed = [site.process.pid, *site.workers()]
    for pid in doomed:
        os.kill(pid, signal.SIGKILL)
    site.process.wait()
    until(lambda: not any(is_alive(pid) for pid in doomed))
