"""More comes than a site can answer: it says so quickly, and what must be answered is."""

import re
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import pytest
from sqlalchemy import text

from app.tokens import hashed
from db.engine import Database
from db.models.sign_ins import SignIn
from tests.factories import make_account, make_sign_in
from tests.patience import until
from tests.sites import Site

TOKEN = "t" * 43
LINES = 100
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) [A-Z]")
RETRY = re.compile(rb"^retry-after: 5\r$", re.MULTILINE)


@pytest.fixture
def site(real_database: Database, tmp_path: Any) -> Iterator[Site]:
    with real_database.writing() as db:
        make_sign_in(db, make_account(db), token_hash=hashed(TOKEN))
    address = real_database.url.render_as_string(hide_password=False)
    given = {"DATABASE_URL": address, "DATA_DIR": str(tmp_path / "data"), "DEMO": "0"}
    site = Site(tmp_path, **given, WORKERS="1", JOBS="0", LIMITS="100000")
    try:
        yield site.wait_until_up()
    finally:
        site.process.kill()
        site.process.wait()


def head(method: str, path: str, *more: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *more, "", ""]).encode()


def heard(port: int, *questions: bytes) -> bytes:
    """Everything that is answered on one line to questions sent without waiting."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=120)) as line:
        line.sendall(b"".join(questions))
        return everything(line)


def everything(line: socket.socket) -> bytes:
    return b"".join(iter(lambda: line.recv(1 << 16), b""))


def sign_out() -> bytes:
    return head(
        "POST", "/sign-out", "Sec-Fetch-Site: same-origin", "Content-Length: 0",
        "Content-Type: application/x-www-form-urlencoded", f"Cookie: __Host-session={TOKEN}",
        "Connection: close",
    )  # fmt: skip


def statuses(answers: bytes) -> list[int]:
    return [int(status) for status in STATUS.findall(answers)]


def test_a_flood_is_told_to_come_back_and_the_rest_goes_on(site, real_database):
    assert site.status_of("/coaches") == 200
    counts: Counter[int] = Counter()
    for rounds in (32, 64, 128):  # as much as this machine cannot do within a second
        said, others = flood(site, rounds)
        counts = Counter(statuses(said))
        assert counts.keys() <= {200, 503}
        assert counts.total() == LINES * (rounds + 1)
        assert len(RETRY.findall(said)) == counts[503]
        assert others == [200, 200, 303]
        if counts[503]:
            break
    assert counts[503] and counts[200]
    with real_database.reading() as db:
        assert db.query(SignIn).count() == 0
    assert site.status_of("/coaches") == 200
    assert "Traceback" not in site.text()


def flood(site: Site, rounds: int) -> tuple[bytes, list[int]]:
    """What is said to many at once, and to those who must be answered meanwhile."""
    page, last = head("GET", "/coaches"), head("GET", "/coaches", "Connection: close")
    with ExitStack() as held, ThreadPoolExecutor(LINES) as pool:
        lines = [
            held.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=120))
            for _ in range(LINES)
        ]
        for line in lines:
            line.sendall(page * rounds + last)
        answers = pool.map(everything, lines)
        others = [
            *statuses(heard(site.port, head("GET", "/healthz", "Connection: close"))),
            *statuses(heard(site.port, head("GET", "/readyz", "Connection: close"))),
            *statuses(heard(site.port, sign_out())),
        ]
        return b"".join(answers), others


def test_a_table_that_is_held_is_a_busy_page_and_the_rest_goes_on(site, real_database):
    if real_database.is_sqlite:
        pytest.skip("whoever reads SQLite waits for nobody")
    with ThreadPoolExecutor(40) as pool, real_database.engine.connect() as other:
        other.execute(text("LOCK TABLE coach_skills IN ACCESS EXCLUSIVE MODE"))
        stuck = [pool.submit(heard, site.port, head("GET", "/coaches", "Connection: close"))
                 for _ in range(30)]  # fmt: skip
        until(lambda: waiting(real_database) >= 8)
        assert statuses(heard(site.port, head("GET", "/healthz", "Connection: close"))) == [200]
        assert statuses(heard(site.port, head("GET", "/readyz", "Connection: close"))) == [200]
        assert statuses(heard(site.port, sign_out())) == [303]
        assert {status for one in stuck for status in statuses(one.result())} == {503}
        other.rollback()
    assert site.status_of("/coaches") == 200


def waiting(database: Database) -> int:
    """How many of its connections wait for a lock."""
    with database.reading() as db:
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
        )
        return int(db.scalar(text(query + "current_database()")) or 0)
