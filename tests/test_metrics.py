"""What a node counts, collected as Prometheus does it, from sites in processes of their own."""

import http.client
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.tokens import hashed
from tests.browser import COOKIE
from tests.factories import make_account, make_mail, make_sign_in
from tests.patience import PATIENCE, until
from tests.sites import Site
from tests.web.test_networks import ask

TOKEN = "t" * 43
POLL = (
    ("Cookie", f"{COOKIE}={TOKEN}".encode()), ("HX-Request-Type", b"partial"), ("HX-PTag", b"0-0"),
)  # fmt: skip
HALF_A_FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail"
)


class Watched(Site):
    """A site that counts, at an address of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.counts_at = free_port()
        super().__init__(folder, METRICS=str(self.counts_at), **environment)

    def count(self, name: str, **labels: str) -> float | None:
        """What it says now; None for what it does not name."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.counts_at, PATIENCE)) as line:
            line.request("GET", "/metrics")
            families = list(text_string_to_metric_families(line.getresponse().read().decode()))
        samples = [one for family in families for one in family.samples]
        found = [one.value for one in samples if (one.name, one.labels) == (name, labels)]
        assert len(found) <= 1
        return found[0] if found else None

    def folder(self) -> Path:
        """Where its processes count."""
        maps = Path(f"/proc/{self.workers()[0]}/maps").read_text()
        return Path(re.findall(r"/\S*/skileez-metrics-[^/\s]+", maps)[0])


@pytest.fixture
def start(real_database: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Starts sites at this test's database."""
    given = {
        "DATABASE_URL": real_database.url.render_as_string(hide_password=False), "DEMO": "0",
        "DATA_DIR": str(tmp_path / "data"), "WORKERS": "1", "JOBS": "0",
    }  # fmt: skip
    with ExitStack() as running:

        def begin(kind: type[Site] = Watched, **but: str) -> Site:
            site = kind(tmp_path, **{**given, **but})
            running.callback(site.process.wait)
            running.callback(site.process.kill)
            return site

        yield begin


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_node_adds_up_what_its_processes_do_also_after_one_is_killed(start):
    site = start(WORKERS="2").wait_until_up()
    answers = {"route": "sign_ins.new", "status": "2xx"}
    one, two = site.workers()[:2]
    for count, other in enumerate((one, two), 1):
        with stopped(other):
            assert site.status_of("/sign-in") == 200
        until(lambda wanted=count: site.count("skileez_requests_total", **answers) == wanted)
    with stopped(two), closing(socket.create_connection(("127.0.0.1", site.port))) as line:
        line.sendall(HALF_A_FORM)
        until(lambda: site.count("skileez_in_flight") == 1)
        assert site.count("skileez_replaced_total") == 0
        os.kill(one, signal.SIGKILL)
        until(lambda: site.count("skileez_replaced_total") == 1)
        assert site.count("skileez_requests_total", **answers) == 2
        assert site.status_of("/sign-in") == 200  # by the new one, which counts on
    until(lambda: site.count("skileez_requests_total", **answers) == 3)
    assert site.count("skileez_in_flight") == 0
    assert site.count("skileez_request_seconds_count", route="sign_ins.new") == 3
    assert site.count("skileez_request_seconds_bucket", route="sign_ins.new", le="+Inf") == 3


def test_what_is_counted(start, real_database):
    with real_database.writing() as db:
        account = make_account(db)
        make_sign_in(db, account, token_hash=hashed(TOKEN))
    site = start(JOBS="1").wait_until_up()
    assert ask(site.port, "/metrics").status == 404
    assert ask(site.port, "/nowhere/sofia@skileez.example").status == 404
    assert ask(site.port, "/messages/unread", *POLL).status == 204
    until(lambda: site.count("skileez_requests_total", route="none", status="4xx") == 2)
    until(lambda: site.count("skileez_requests_total", route="badges.show", status="2xx") == 1)
    assert site.count("skileez_busy_total") == 0
    assert site.count("skileez_database_up") == 1
    until(lambda: site.count("skileez_job_done_timestamp_seconds", job="sweep"))
    assert site.count("skileez_job_failures_total", job="sweep") == 0
    assert site.count("skileez_mails", status="waiting") == 0
    assert site.count("skileez_database_connections") is not None
    assert site.stop() == 0


def test_mails_are_counted_by_what_became_of_them(start, real_database):
    site = start().wait_until_up()  # with JOBS=0, so that they stay
    with real_database.writing() as db:
        make_mail(db, make_account(db))
    assert site.count("skileez_mails", status="waiting") == 1
    assert site.count("skileez_mails", status="set_aside") == 0


def test_connections_are_those_in_use(start, real_database):
    site = start().wait_until_up()
    at_rest = site.count("skileez_database_connections")
    for _ in range(3):
        assert site.status_of("/coaches") == 200
    until(lambda: site.count("skileez_database_connections") == at_rest)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_stays_behind(start, number):
    site = start().wait_until_up()
    folder = site.folder()
    assert folder.stat().st_mode & 0o777 == 0o700
    site.stop(number)
    until(lambda: not folder.exists())


def test_off_by_default(start):
    site = start(Site).wait_until_up()
    [worker] = site.workers()
    assert "skileez-metrics" not in Path(f"/proc/{worker}/maps").read_text()


def test_an_address_that_is_taken_is_a_sentence(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site = start(Site, METRICS=str(port))
        assert site.process.wait(PATIENCE) == 2
    assert f"METRICS: 127.0.0.1 port {port} cannot be used: Address already in use." in site.text()
