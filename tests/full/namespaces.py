"""Machines that are network namespaces of this one, each with one line to a switch of their own.

Linux only, and as root. Nothing leads out of them.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NETWORK = "198.18.77"  # of those set aside for such tests; the guard lets them be reached
CLONE_NEWNET = 0x40000000
HERE = Path("/proc/thread-self/ns/net")
NAMED = Path("/run/netns")


def why_not() -> str:
    """What keeps this machine from having others inside it; "" when nothing does."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "network namespaces need Linux and root"
    if shutil.which("ip") is None:
        return "network namespaces need the command ip (iproute2)"
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, text=True)
    return "" if tried.returncode == 0 else f"no network namespaces here: {tried.stderr.strip()}"


class Machine:
    """One of them: its address, and what is started `inside`."""

    def __init__(self, name: str, number: int) -> None:
        self.name = f"skileez-{os.getpid()}-{name}"
        self.address = f"{NETWORK}.{number}"
        self.line = f"line{number}"

    @contextmanager
    def inside(self) -> Iterator[None]:
        """This thread speaks from there, and what it starts stays there."""
        before = os.open(HERE, os.O_RDONLY | os.O_CLOEXEC)
        there = os.open(NAMED / self.name, os.O_RDONLY | os.O_CLOEXEC)
        try:
            _enter(there)
            yield
        finally:
            _enter(before)
            os.close(there)
            os.close(before)

    def popen(self, words: list[Any], **options: Any) -> subprocess.Popen[bytes]:
        with self.inside():
            return subprocess.Popen([str(word) for word in words], **options)

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Meanwhile nothing that is sent there, or from there, arrives."""
        _ip("-n", self.name, "link", "set", self.line, "down")
        try:
            yield
        finally:
            _ip("-n", self.name, "link", "set", self.line, "up")


class Switch:
    """The machines by name; the people sit at the switch itself."""

    def __init__(self, *names: str) -> None:
        self.people = Machine("people", 1)
        self.machines = {name: Machine(name, number) for number, name in enumerate(names, 2)}
        try:
            self._make()
        except BaseException:
            self.remove()
            raise

    def __getitem__(self, name: str) -> Machine:
        return self.machines[name]

    def _make(self) -> None:
        hub = self.people.name
        _ip("netns", "add", hub)
        _ip("-n", hub, "link", "set", "lo", "up")
        _ip("-n", hub, "link", "add", "switch", "type", "bridge")
        _ip("-n", hub, "addr", "add", f"{self.people.address}/24", "dev", "switch")
        _ip("-n", hub, "link", "set", "switch", "up")
        for machine in self.machines.values():
            name, line = machine.name, machine.line
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "link", "add", line, "type", "veth", "peer", line, "netns", hub)
            _ip("-n", name, "addr", "add", f"{machine.address}/24", "dev", line)
            _ip("-n", name, "link", "set", line, "up")
            _ip("-n", hub, "link", "set", line, "master", "switch", "up")

    def remove(self) -> None:
        """Their lines go with them."""
        for machine in (*self.machines.values(), self.people):
            if (NAMED / machine.name).exists():
                _ip("netns", "del", machine.name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _enter(namespace: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(namespace, CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
