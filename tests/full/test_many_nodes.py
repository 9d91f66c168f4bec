"""Three nodes behind nginx, one database, one Valkey, each on a machine of its own, while people
write and read: whatever dies, nothing acknowledged is lost, and nobody has to sign in again."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.engine import Database
from db.migrate import migrate
from db.models.bookmarks import Bookmark
from db.models.messages import Message
from db.models.sign_ins import SignIn
from db.models.submissions import Submission
from db.models.threads import Thread
from tests import postgres
from tests.factories import make_account, make_coach, make_request, make_student, make_thread
from tests.full import namespaces, servers
from tests.full.namespaces import Switch
from tests.full.people import Crowd, Person
from tests.full.servers import Nginx, Node, Valkey
from tests.patience import until

WHY_NOT = namespaces.why_not()
pytestmark = [pytest.mark.full, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]

PAIRS = 4
NODES = ("node1", "node2", "node3")


class Site:
    """All the machines, and the people before them."""

    def __init__(self, held: ExitStack, folder: Path) -> None:
        self.switch = Switch(*NODES, "database", "valkey", "nginx")
        held.callback(self.switch.remove)
        self.server = servers.Database(self.switch["database"])
        held.callback(self.server.stop)
        self.database = Database(postgres.clone(str(self.server.folder), "skileez", "template1"))
        held.callback(self.database.dispose)
        migrate(self.database)
        self.people = planted(self.database)
        self.valkey = Valkey(self.switch["valkey"])
        held.callback(self.valkey.stop)
        self.nodes = [self._node(name, folder, held) for name in NODES]
        for node in self.nodes:
            node.wait_until_ready()
        self.nginx = Nginx(self.switch["nginx"], made(folder / "nginx"), self.nodes)
        held.callback(self.nginx.stop)
        self.crowd = Crowd(self.people, self.switch.people, self.switch["nginx"].address)
        held.callback(self.crowd.give_up)

    def _node(self, name: str, folder: Path, held: ExitStack) -> Node:
        node = Node(
            self.switch[name], made(folder / name), DATABASE_URL=self.server.address("skileez"),
            VALKEY_URL=self.valkey.url, TRUSTED_PROXIES=self.switch["nginx"].address,
        )  # fmt: skip
        held.callback(node.kill)
        return node

    def all_go_on(self) -> None:
        """Everybody is acknowledged a message and more, and their polls are answered."""
        before = [(len(one.acknowledged), one.marks + one.pages, one.polls) for one in self.people]

        def have_gone_on() -> bool:
            return all(
                len(one.acknowledged) > said
                and one.marks + one.pages > done
                and one.polls > asked + 2
                for one, (said, done, asked) in zip(self.people, before, strict=True)
            )

        until(lambda: self.crowd.wrong or have_gone_on())
        assert not self.crowd.wrong

    def readiness(self) -> list[int]:
        return [node.status_of("/readyz") for node in self.nodes]


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def planted(database: Database) -> list[Person]:
    """Pairs of a student and a coach, each with a thread and a request to mark."""
    people: list[Person] = []
    with database.writing() as db:
        for number in range(PAIRS):
            student = make_student(db, make_account(db, first_name=f"Student{number}"))
            coach = make_coach(db)
            wanted = make_request(db, student)
            thread = make_thread(db, student, coach)
            for account, mark in ((student, None), (coach, wanted.id)):
                people.append(Person(account.id, account.email, thread.id, mark))
    return people


@pytest.fixture(scope="module")
def nginx() -> None:
    """nginx, installed where that can be done as it is for Chromium."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    if shutil.which("nginx", path=path) is None and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], capture_output=True)
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", "nginx"],
            capture_output=True, env=environment,
        )  # fmt: skip
    if shutil.which("nginx", path=path) is None:
        pytest.skip("nginx is not here and could not be installed by apt-get")


@pytest.fixture
def site(nginx: None, tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as held:
        yield Site(held, tmp_path)


def test_nothing_acknowledged_is_lost_whatever_dies(site: Site) -> None:
    site.crowd.sign_in()
    site.crowd.start()
    site.all_go_on()
    a_node_dies(site)
    the_database_restarts(site)
    the_database_is_killed(site)
    the_line_to_the_database_is_cut(site)
    valkey_vanishes(site)
    every_node_is_replaced(site)
    site.crowd.stop()
    assert not site.crowd.wrong
    site.crowd.finish()
    people_were_moved(site)
    each_message_is_there_once(site)
    pollers_saw_each_once_and_in_order(site)
    nobody_signed_in_again(site)
    marks_are_as_they_were_left(site)


def a_node_dies(site: Site) -> None:
    node = site.nodes[0]
    node.kill()
    site.all_go_on()
    node.start()
    node.wait_until_ready()
    site.all_go_on()


def the_database_restarts(site: Site) -> None:
    site.server.shut_down()
    assert until(lambda: site.readiness() == [503] * 3)
    site.server.start()
    until(lambda: site.readiness() == [200] * 3)
    site.all_go_on()


def the_database_is_killed(site: Site) -> None:
    site.server.kill()
    assert until(lambda: site.readiness() == [503] * 3)
    site.server.start()
    until(lambda: site.readiness() == [200] * 3)
    site.all_go_on()


def the_line_to_the_database_is_cut(site: Site) -> None:
    """Nobody hangs up: packets only get lost, which a connection does not notice by itself."""
    with site.switch["database"].cut():
        until(lambda: site.readiness() == [503] * 3)
    until(lambda: site.readiness() == [200] * 3)
    site.all_go_on()


def valkey_vanishes(site: Site) -> None:
    site.valkey.stop()
    site.all_go_on()
    said = [len(node.text()) for node in site.nodes]
    site.valkey.start()
    site.all_go_on()
    for node, before in zip(site.nodes, said, strict=True):
        assert "Valkey is gone" in node.text()[:before]
        until(lambda node=node, before=before: "Valkey is back" in node.text()[before:])


def every_node_is_replaced(site: Site) -> None:
    """As an upgrade does: one after the other is stopped and started."""
    for node in site.nodes:
        node.stop()
        site.all_go_on()
        node.start()
        node.wait_until_ready()
    site.all_go_on()


def people_were_moved(site: Site) -> None:
    everywhere = {f"{node.machine.address}:{servers.PORT}" for node in site.nodes}
    for person in site.people:
        assert everywhere <= person.writing.nodes
        assert everywhere <= person.reading.nodes


def each_message_is_there_once(site: Site) -> None:
    with site.database.reading() as db:
        for person in site.people:
            query = select(Message.text).where(Message.sender_id == person.number)
            assert db.scalars(query.order_by(Message.number)).all() == person.acknowledged
            keys = select(Submission.key).where(Submission.account_id == person.number)
            used = [f"{person.number}-{key}" for key in range(1, person.keys + 1)]
            assert sorted(db.scalars(keys)) == sorted(used)


def pollers_saw_each_once_and_in_order(site: Site) -> None:
    with site.database.reading() as db:
        for person in site.people:
            last = db.get_one(Thread, person.thread).last_number
            assert person.seen == list(range(1, last + 1))


def nobody_signed_in_again(site: Site) -> None:
    with site.database.reading() as db:
        query = select(SignIn.account_id, func.count()).group_by(SignIn.account_id)
        counts = dict(list(db.execute(query)))
    assert counts == {person.number: 1 for person in site.people}


def marks_are_as_they_were_left(site: Site) -> None:
    with site.database.reading() as db:
        query = select(Bookmark.coach_id).where(Bookmark.removed_at.is_(None))
        marked = set(db.scalars(query))
    assert marked == {person.number for person in site.people if person.marked}
