"""A site in processes of its own, as people start it; or what a worker runs, in a thread."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import uvicorn

from app.processes import GRACE
from tests import guard
from tests.patience import PATIENCE, until

ROOT = Path(__file__).parents[1]


class Site:
    """`./run` with this environment, on a port of its own; or another command that stays."""

    program: Sequence[str] = ("-m", "app.cli")

    def __init__(
        self, folder: Path, command: str = "run", *, port: int = 0, **environment: str
    ) -> None:
        with socket.create_server(("127.0.0.1", port)) as free:
            self.port = free.getsockname()[1]
        self.said = folder / f"{self.port}.txt"
        usual = guard.environment() | {"PATH": os.environ["PATH"], "PORT": str(self.port)}
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, command], cwd=ROOT, stdout=out, stderr=out,
                env=usual | environment,
            )  # fmt: skip

    def status_of(self, path: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            line.request("GET", path)
            return line.getresponse().status

    def is_up(self) -> bool:
        try:
            return self.status_of("/healthz") == 200
        except OSError:
            return False

    def wait_until_up(self) -> "Site":
        try:
            until(self.is_up, unless=lambda: self.process.poll() is not None)
        except AssertionError:
            pytest.fail(f"not up: {self.text()}")
        return self

    def workers(self) -> list[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def text(self) -> str:
        return self.said.read_text()

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(GRACE + 10)


@contextmanager
def served(config: uvicorn.Config) -> Iterator[socket.socket]:
    """The address of a server in a thread of these tests, which speaks HTTP as this says."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, args=([door],))
        running.start()
        try:
            yield door
        finally:
            server.should_exit = True
            running.join()


def is_refused(port: int) -> bool:
    """Whether nobody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
    except ConnectionRefusedError:
        return True
    return False
