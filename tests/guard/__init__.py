"""Nothing leaves this machine: neither from the tests, nor from the sites they start."""

import os
import tempfile
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parent
RECORD = "SKILEEZ_TEST_RECORD"


def start() -> None:
    """Watch this process, and choose where it is written down: once for all workers of a run."""
    if RECORD not in os.environ:
        os.environ[RECORD] = str(Path(tempfile.mkdtemp(prefix="skileez-guard-")) / "tried")
    import_module("tests.guard.sitecustomize")


def environment() -> dict[str, str]:
    """What a Python process is started with, so that it writes down whom it tries to reach."""
    return {"PYTHONPATH": str(FOLDER), RECORD: os.environ[RECORD]}


def tried() -> list[str]:
    """Whom any of them tried to reach so far."""
    path = Path(os.environ[RECORD])
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
