"""A folder for what is not finished yet, beside where it will be: gone at the end, however it ends.

One whose process was killed is removed by the next that makes one. Who still works in a folder
holds its lock, which the system lets go with the process; so nobody's who works is ever removed.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".skileez-unfinished-"
TRIES = 100


@contextmanager
def unfinished(beside: Path) -> Iterator[Path]:
    """The folder, which nobody else may look into. Raises OSError."""
    _remove_what_was_killed(beside)
    folder, lock = _made(beside)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _made(beside: Path) -> tuple[Path, int]:
    for _ in range(TRIES):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
        with suppress(FileNotFoundError):
            opened = _opened(folder)
            # Before it was locked, another one may have taken it for that of a dead one.
            if _lock(opened) is not False and folder.exists():
                return folder, opened
            os.close(opened)
    raise FileNotFoundError(errno.ENOENT, "what is made there does not stay")


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _lock(opened: int) -> bool | None:
    """Whether it could be locked; None on a disk that knows no locks."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _remove_what_was_killed(beside: Path) -> None:
    for folder in beside.glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone meanwhile
            opened = _opened(folder)
            try:
                if _lock(opened):
                    shutil.rmtree(folder)
            finally:
                os.close(opened)
