"""Servers that run while they are timed: ours, the same in Flask, and the framework's hello."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

TICKS = os.sysconf("SC_CLK_TCK")
AT_ONCE = 16  # threads of each of Flask's processes
PSS = re.compile(r"^Pss: *(\d+) kB", re.MULTILINE)


class Running:
    """A server: its port, what its processes have taken, and how much memory they hold."""

    def __init__(self, port: int, root: int) -> None:
        self.port, self.root = port, root

    def cpu(self) -> float:
        """The processor's seconds that it and all it started have taken so far."""
        return sum(took for _, took in self._processes().values()) / TICKS

    def memory(self) -> list[float]:
        """MiB of each process, the first is the parent; shared pages count in shares."""
        sizes = []
        for pid in sorted(self._processes()):
            found = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
            sizes.append(int(found[1]) / 1024 if found else 0)
        return sizes

    def _processes(self) -> dict[int, tuple[int, int]]:
        found = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(entry.parent.name)] = (int(words[1]), int(words[11]) + int(words[12]))
        return {pid: about for pid, about in found.items() if self._is_its(pid, found)}

    def _is_its(self, pid: int, found: dict[int, tuple[int, int]]) -> bool:
        while pid and pid != self.root:
            pid = found.get(pid, (0, 0))[0]
        return pid == self.root


def command(name: str, workers: int, port: int) -> list[str]:
    """How a server is started; its database comes by the environment."""
    python = [sys.executable, "-m"]
    if name == "skileez":
        return [*python, "app.cli", "run"]
    if name == "hello":
        return [
            *python, "uvicorn", "bench.hello:app", "--workers", str(workers), "--no-access-log",
            "--no-server-header", "--log-level", "warning", "--timeout-keep-alive", "300",
            "--port", str(port),
        ]  # fmt: skip
    return [
        *python, "gunicorn", "bench.peer.site:app", "--workers", str(workers),
        "--worker-class", "gthread", "--threads", str(AT_ONCE), "--keep-alive", "300",
        "--log-level", "warning", "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip


@contextmanager
def served(name: str, workers: int, folder: Path, address: str) -> Iterator[Running]:
    """A server that runs meanwhile."""
    port = free_port()
    running = started(name, workers, port, folder, address)
    try:
        wait_for(port, running)
        yield Running(port, running.pid)
    finally:
        running.terminate()
        running.wait(20)


def started(
    name: str, workers: int, port: int, folder: Path, address: str
) -> "subprocess.Popen[bytes]":
    """The same, for who ends it."""
    chosen = {
        "PORT": str(port), "DATA_DIR": str(folder), "DATABASE_URL": address, "DEMO": "0",
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "JOBS": "0", "WORKERS": str(workers),
        "LIMITS": "100000", "LOG_FORMAT": "text", "FLASK_DATABASE": with_driver(address),
    }  # fmt: skip
    return subprocess.Popen(
        command(name, workers, port), env=os.environ | chosen, stdout=subprocess.DEVNULL
    )


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def with_driver(address: str) -> str:
    """The same address as SQLAlchemy spells it."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


def wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    """Until it takes connections, and a second more for the last of its processes."""
    until_answered(port, running)
    time.sleep(1)


def until_answered(port: int, running: "subprocess.Popen[bytes]") -> None:
    """Until somebody listens."""
    for _ in range(3000):
        if running.poll() is not None:
            raise click.ClickException(f"{running.args} ended with {running.returncode}")
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise click.ClickException("It did not start.")


def hello_for(question: bytes) -> Sequence[bytes]:
    """What the hello is asked: the same headers, which take their time to read as well."""
    return [re.sub(rb"^GET \S+", b"GET /hello", question, count=1)]
