"""A disk without room: people read on, are told that nothing is kept, and later all goes on."""

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from db.engine import Database
from db.migrate import migrate
from db.models.messages import Message
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.factories import make_account, make_mail
from tests.full.loaded import kill, port_of_our_own
from tests.full.pairs import make_pairs
from tests.full.writers import Writer
from tests.patience import until
from tests.postgres import Server
from tests.test_cli import Site

pytestmark = pytest.mark.full

MEGABYTE = 1024 * 1024
PAGES = ("/", "/dashboard", "/messages", "/contracts", "/settings", "/healthz")
WORDS = "What I would like to say <takes> its time."


class Disk:
    """A disk of so many megabytes, that can be filled to the last byte."""

    def __init__(self, megabytes: int) -> None:
        # Not in the tests' own folder, into which PostgreSQL's unprivileged user may not look.
        self.folder = folder = Path(tempfile.mkdtemp(prefix="skileez-disk-"))
        words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "disk", str(folder)]
        if os.geteuid() or subprocess.run(words, check=False, capture_output=True).returncode:
            pytest.skip("only who may mount disks can have one that is so small")

    def fill(self) -> None:
        for size in (MEGABYTE, 4096, 1):
            with suppress(OSError), (self.folder / "ballast").open("ab", buffering=0) as ballast:
                while True:
                    ballast.write(b"x" * size)

    def make_room(self) -> None:
        (self.folder / "ballast").unlink()

    def take_away(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
        self.folder.rmdir()


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk(megabytes=160)
    yield disk
    disk.take_away()


class Scene:
    """A site whose files and whose log are on one disk, and two people who write to each other."""

    def __init__(self, disk: Disk, url: str) -> None:
        self.disk = disk
        self.database = Database(url)
        migrate(self.database)
        [self.pair] = make_pairs(self.database, 1)
        self.writer = Writer(port_of_our_own(), threading.Event())
        data = disk.folder / "data"
        data.mkdir()
        self.site = Site(
            disk.folder, port=self.writer.port, DATABASE_URL=url, DATA_DIR=str(data), DEMO="0",
            WORKERS="2", LIMITS="1000",
        ).wait_until_up()  # fmt: skip

    def close(self) -> None:
        self.writer.hang_up()
        self.database.dispose()
        if self.site.process.poll() is None:
            kill(self.site)

    def try_to_write(self) -> tuple[int, str]:
        """The answer to some words that are sent once."""
        status, _, page = self.writer.ask(
            self.pair.student, f"/messages/{self.pair.thread}", {"text": WORDS}
        )
        return status, page

    def post_a_mail(self) -> int:
        with self.database.writing() as db:
            return make_mail(db, make_account(db)).id

    def status_of(self, mail: int) -> MailStatus:
        with self.database.reading() as db:
            return db.scalars(select(OutgoingMail.status).filter_by(id=mail)).one()


def test_a_full_disk_under_sqlite(disk):
    scene = Scene(disk, f"sqlite:///{disk.folder}/skileez.db")
    try:
        a_full_disk(scene)
        assert scene.site.stop() == 0
        with scene.database.reading() as db:
            raw = db.connection()
            assert raw.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
    finally:
        scene.close()


def test_a_full_disk_under_postgresql(disk):
    server = Server(durable=True, folder=disk.folder / "postgresql")
    scene = Scene(disk, server.url("postgres"))
    try:
        a_full_disk(scene)
        assert scene.site.stop() == 0
    finally:
        scene.close()
        server.stop()


def a_full_disk(scene: Scene) -> None:
    """Told in words what is not kept, and kept once there is room, by the same processes."""
    disk, site, writer, pair = scene.disk, scene.site, scene.writer, scene.pair
    here = f"/messages/{pair.thread}"
    serving = site.workers()
    disk.fill()
    # What has been allocated before is used up first.
    status, page = until(lambda: refused(scene))
    assert status == 503
    assert "Nothing is lost. Try again in a few seconds." in page
    assert "What I would like to say &lt;takes&gt; its time." in page
    for path in (*PAGES, here):
        assert (writer.ask(pair.coach, path)[0], path) == (200, path)
    # Its place is taken, though nothing can be written into the log about it.
    os.kill(serving[0], signal.SIGKILL)
    until(lambda: len(site.workers()) == len(serving) and serving[0] not in site.workers())
    for path in (*PAGES, here) * 2:
        writer.hang_up()  # so that each of the workers gets some
        assert (writer.ask(pair.coach, path)[0], path) == (200, path)
    disk.make_room()
    writer.send(pair.student, here, text="There is room again.")
    with scene.database.reading() as db:
        said = db.scalars(select(Message.text).order_by(Message.id)).all()
    assert said[-1] == "There is room again."
    mail = scene.post_a_mail()
    until(lambda: scene.status_of(mail) is MailStatus.SENT)
    assert site.process.poll() is None
    assert set(serving[1:]) <= set(site.workers())


def refused(scene: Scene) -> tuple[int, str] | None:
    status, page = scene.try_to_write()
    return (status, page) if status != 303 else None
