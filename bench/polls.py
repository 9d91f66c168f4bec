"""What an idle poll of a thread costs: here, in plain Flask, and beside the framework's hello.

    uv pip install -r requirements/bench.txt && .venv/bin/python -m bench.polls

Every server gets the same number of processes. The clients share the machine with it, so that the
requests a second say less than the processor's time for each, which nobody else's work can spoil;
from that time follows how many polls a machine with two cores of its own could answer.
"""

import asyncio
import gc
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Column, insert, inspect

from app.tokens import hashed
from bench.polling import Heard, every, without_pause
from db.engine import Database
from db.migrate import migrate
from db.models.accounts import Account
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from tests.factories import make_coach, make_sign_in, make_student, make_thread

TICKS = os.sysconf("SC_CLK_TCK")
AT_ONCE = 16  # askers without pause, for each process


@click.command()
@click.option("--threads", default=15_000, show_default=True, help="open threads that poll")
@click.option("--pause", default=5.0, show_default=True, help="seconds between polls of each")
@click.option("--seconds", default=8.0, show_default=True, help="how long each part takes")
@click.option("--rounds", default=2, show_default=True, help="by turns; the best of each counts")
@click.option("--workers", default=2, show_default=True, help="processes of each server")
@click.option("--url", default="", help="an empty PostgreSQL database instead of a SQLite file")
def main(threads: int, pause: float, seconds: float, rounds: int, workers: int, url: str) -> None:
    """Time idle polls against the same in Flask, and many open threads at once."""
    with tempfile.TemporaryDirectory() as folder:
        address = url or f"sqlite:///{folder}/skileez.db"
        questions = filled(Database(address), threads)
        # With the headers of a poll, which take their time to read as well.
        say_hello = [re.sub(rb"/messages/\d+/new", b"/hello", questions[0], count=1)]
        click.echo(f"{'':<22}{'a second':>10}{'CPU each':>12}{'p50':>10}{'p99':>10}{'bytes':>8}")
        costs: dict[str, float] = {}
        for _ in range(rounds):
            for name, asked in (("hello", say_hello), ("flask", questions), ("skileez", questions)):
                took = row(name, workers, Path(folder), address, asked, seconds)
                costs[name] = min(took, costs.get(name, took))
        ours = costs["skileez"]
        click.echo(
            f"\nof Flask's time {ours / costs['flask']:.3f} (1 : {costs['flask'] / ours:.1f}),"
            f" of the hello's {ours / costs['hello']:.2f}; two cores of its own:"
            f" {2 / ours:,.0f} polls a second, {2 / ours * pause:,.0f} threads\n"
        )
        with served(command("skileez", workers), Path(folder), address) as (port, cpu):
            gc.freeze()
            gc.disable()  # a pause of the clients would be taken for one of the server
            before, own = cpu(), time.process_time()
            heard = asyncio.run(every(port, questions, pause=pause, seconds=pause + seconds))
            spent, own = cpu() - before, time.process_time() - own
        click.echo(
            f"{threads:,} threads every {pause:g} s: {line(heard, spent)}; {heard.late} of"
            f" {len(heard.latencies)} asked late, {heard.wrong} wrong. Of two cores the server had"
            f" {spent / heard.seconds:.2f}, the clients {own / heard.seconds:.2f}."
        )


def row(
    name: str, workers: int, folder: Path, address: str, questions: Sequence[bytes], seconds: float
) -> float:
    """Print a line about one server; returns the seconds of processor that a request takes."""
    program = command(name, workers)
    with served(program, folder, address) as (port, cpu):
        asked = [questions[place % len(questions)] for place in range(AT_ONCE * workers)]
        asyncio.run(without_pause(port, asked, 1))  # warm
        before = cpu()
        heard = asyncio.run(without_pause(port, asked, seconds))
        spent = cpu() - before
    if heard.wrong:
        raise click.ClickException(f"{heard.wrong} wrong answers from {name}")
    click.echo(f"{name:<22}{line(heard, spent)}")
    return spent / len(heard.latencies)


def line(heard: Heard, spent: float) -> str:
    """Rates, processor time, latencies."""
    count, ordered = len(heard.latencies), sorted(heard.latencies)
    middle, high = (ordered[int(count * part)] * 1000 for part in (0.5, 0.99))
    rates = f"{count / heard.seconds:>10,.0f}{spent / count * 1e6:>9.0f} µs"
    return f"{rates}{middle:>7.1f} ms{high:>7.1f} ms{heard.size:>8}"


def command(name: str, workers: int) -> list[str]:
    """How a server is started; its port and its database come by the environment."""
    python = sys.executable
    if name == "skileez":
        return [python, "-m", "app.cli", "run"]
    if name == "hello":
        return [
            python, "-m", "uvicorn", "bench.hello:app", "--workers", str(workers),
            "--no-access-log", "--no-server-header", "--log-level", "warning",
            "--timeout-keep-alive", "300", "--port",
        ]  # fmt: skip
    return [
        python, "-m", "gunicorn", "bench.flask_peer:app", "--workers", str(workers),
        "--worker-class", "gthread", "--threads", str(AT_ONCE), "--keep-alive", "300",
        "--log-level", "warning", "--bind",
    ]  # fmt: skip


@contextmanager
def served(program: Sequence[str], folder: Path, address: str) -> Iterator[tuple[int, "Clock"]]:
    """A server that runs meanwhile: its port, and a clock of the time its processes took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chosen = {
        "PORT": str(port), "DATA_DIR": str(folder), "DATABASE_URL": address, "DEMO": "0",
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "JOBS": "0", "FLASK_DATABASE": address,
    }  # fmt: skip
    workers = program[program.index("--workers") + 1] if "--workers" in program else "2"
    last = {"--port": [str(port)], "--bind": [f"127.0.0.1:{port}"]}.get(program[-1], [])
    running = subprocess.Popen(
        [*program, *last], env=os.environ | chosen | {"WORKERS": workers},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, running)
        yield port, Clock(running.pid)
    finally:
        running.terminate()
        running.wait(20)


def wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if running.poll() is not None:
            raise click.ClickException(f"{running.args} ended with {running.returncode}")
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)  # until all of its processes are there
                return
        time.sleep(0.1)
    raise click.ClickException("It did not start.")


class Clock:
    """The processor's seconds that a process and all it started have taken."""

    def __init__(self, root: int) -> None:
        self.root = root

    def __call__(self) -> float:
        parents, times = {}, {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(entry.parent.name)
            parents[pid], times[pid] = int(words[1]), int(words[11]) + int(words[12])
        return sum(time for pid, time in times.items() if self._is_its(pid, parents)) / TICKS

    def _is_its(self, pid: int, parents: dict[int, int]) -> bool:
        while pid and pid != self.root:
            pid = parents.get(pid, 0)
        return pid == self.root


def filled(database: Database, threads: int) -> list[bytes]:
    """The questions of so many open threads: each its student's, with a sign-in of their own."""
    migrate(database)
    tokens = [secrets.token_urlsafe(32) for _ in range(threads)]
    with database.writing() as db:
        coach, student = make_coach(db), make_student(db)
        sign_in = make_sign_in(db, student)
        thread = make_thread(db, student, coach, last_number=20, student_read=20, coach_read=20)
        first = 1000
        people = [
            dict(
                copied(student), id=first + n, email=f"{n}@x.example", email_folded=f"{n}@x.example"
            )
            for n in range(threads)
        ]
        signed = [
            dict(copied(sign_in), id=first + n, account_id=first + n, token_hash=hashed(token))
            for n, token in enumerate(tokens)
        ]
        opened = [dict(copied(thread), id=first + n, student_id=first + n) for n in range(threads)]
        for model, rows in ((Account, people), (SignIn, signed), (Thread, opened)):
            db.execute(insert(model), rows)
    database.dispose()
    return [question(first + n, token) for n, token in enumerate(tokens)]


def copied(thing: Any) -> dict[str, Any]:
    """What a row says, for more of its kind."""
    return {
        column.key: getattr(thing, column.key)
        for column in inspect(thing).mapper.columns
        if isinstance(column, Column)
    }


def question(thread_id: int, token: str) -> bytes:
    """A poll as a browser sends it."""
    return (
        f"GET /messages/{thread_id}/new HTTP/1.1\r\nhost: bench\r\n"
        "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140\r\n"
        "accept: text/html\r\naccept-encoding: gzip, deflate, br\r\naccept-language: en\r\n"
        f"cookie: seen=1; __Host-session={token}\r\n"
        "hx-request: true\r\nhx-request-type: partial\r\n"
        f"hx-ptag: 20.20.1\r\nhx-current-url: http://bench/messages/{thread_id}\r\n"
        "sec-fetch-site: same-origin\r\nsec-fetch-mode: cors\r\nsec-fetch-dest: empty\r\n\r\n"
    ).encode()


if __name__ == "__main__":
    main()
