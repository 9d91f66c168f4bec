"""Links lead people away, and the site nowhere: it connects to no address that a person typed."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import guard
from tests.house.filled import FILLED

SOMEWHERE = "https://link.example:8443/profile?of=dora"
UVLOOP = "import uvloop, asyncio; loop = uvloop.new_event_loop(); loop.run_until_complete({})"


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
        "import socket; socket.socket().connect_ex(('192.0.2.1', 80))",
        "import socket; socket.getaddrinfo('link.example', 443)",
        "import socket; socket.gethostbyname('link.example')",
        "import socket as s; s.socket(type=s.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
        "import urllib.request; urllib.request.urlopen('http://link.example/')",
        "import asyncio; asyncio.run(asyncio.open_connection('link.example', 443))",
        UVLOOP.format("loop.create_connection(asyncio.Protocol, '192.0.2.1', 80)"),
        UVLOOP.format("loop.create_connection(asyncio.Protocol, host='link.example', port=80)"),
        UVLOOP.format("loop.getaddrinfo('link.example', 80)"),
        "import os; os.fork() or __import__('socket').getaddrinfo('link.example', 443)",
    ],
)
def test_whoever_a_process_tries_to_reach_is_written_down(tmp_path: Path, attempt: str) -> None:
    record = tmp_path / "tried"
    environment = guard.environment() | {guard.RECORD: str(record)}
    subprocess.run([sys.executable, "-c", attempt], env=environment, capture_output=True)
    assert "192.0.2.1" in (said := record.read_text()) or "link.example" in said or "db8" in said


def test_the_machine_itself_may_be_reached(tmp_path: Path) -> None:
    code = (
        "import socket as s; d = s.create_server(('127.0.0.1', 0));"
        "s.create_connection(d.getsockname()); s.getaddrinfo('localhost', 80); s.getfqdn()"
    )
    record = tmp_path / "tried"
    environment = guard.environment() | {guard.RECORD: str(record)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert not record.exists()


@pytest.mark.parametrize("name", [name for name in sorted(FILLED) if FILLED[name]])
def test_no_link_in_any_field_is_followed(sent: Any, name: str) -> None:
    before = guard.tried()
    for field in FILLED[name]:
        answer = sent(name, {field: [SOMEWHERE]}, way="htmx")
        assert answer.status < 500
    every = {field: [SOMEWHERE] for field in FILLED[name] if "link" in field or "text" in field}
    assert sent(name, every).status < 500
    assert guard.tried() == before
