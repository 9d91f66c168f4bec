"""As the first process of a container, the site also gets to bury children of others."""

import os
import sys
from pathlib import Path

import pytest

from tests.patience import until
from tests.test_cli import Site

# PR_SET_CHILD_SUBREAPER makes it the heir of orphans, as process 1 is; it outlives the exec.
HEIR = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
if not os.fork():
    orphan = os.fork()
    if not orphan:
        open(sys.argv[1]).close()  # waits until somebody opens it for writing
        os._exit(0)
    print(orphan, flush=True)
    os._exit(0)
os.wait()
os.execv(sys.executable, [sys.executable, "-m", "app.cli", "run"])
"""


class Heir(Site):
    program = ("-c", HEIR)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process inherit orphans")
def test_an_orphan_that_ends_takes_nobody_along(tmp_path, real_database):
    address = real_database.url.render_as_string(hide_password=False)
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    usual = {"DATABASE_URL": address, "DATA_DIR": str(tmp_path), "DEMO": "0"}
    site = Heir(tmp_path, str(gate), WORKERS="1", JOBS="0", **usual)
    try:
        site.wait_until_up()
        orphan = Path("/proc") / site.text().split()[0]
        workers = site.workers()
        assert orphan.exists()
        gate.write_text("")
        until(lambda: not orphan.exists(), unless=lambda: site.process.poll() is not None)
        assert site.is_up()
        assert site.workers() == [pid for pid in workers if str(pid) != orphan.name]
        assert site.stop() == 0
    finally:
        site.process.kill()
        site.process.wait()
