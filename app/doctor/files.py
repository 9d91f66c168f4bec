"""The data folder: who may look into it, and how much room there is.

Nothing is opened here: closing a file drops the locks that SQLite holds on it in this process.
"""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from app.doctor.finding import Finding, fault, fine, warning
from app.settings import Settings
from db.addresses import normalised

LITTLE, LOW = 200 << 20, 2 << 30  # bytes that are free
FEW = 0.05  # of all the files that a disk may have


def files(settings: Settings) -> Iterator[Finding]:
    """Whether the folder and what is in it are the site's alone."""
    folder = settings.data_dir
    if not folder.is_dir():
        yield warning("files", f"There is no folder {folder} yet.", "./run makes it.")
        return
    wrong = [*_seen_by_others(folder, settings), *_of_others(folder)]
    yield from wrong
    if not wrong:
        yield fine("files", f"{folder} is its owner's alone.")


def _seen_by_others(folder: Path, settings: Settings) -> Iterator[Finding]:
    for paths, wanted in (([folder], 0o700), (_database(settings), 0o600)):
        modes = {path: stat.S_IMODE(told.st_mode) for path, told in _there(paths).items()}
        reached = {path: mode for path, mode in modes.items() if mode & 0o077}
        if reached:
            named = ", ".join(f"{path} (mode {mode:04o})" for path, mode in reached.items())
            says = f"Others on this machine may reach {named}."
            yield fault("files", says, f"chmod {wanted:o} {' '.join(map(str, reached))}")


def _of_others(folder: Path) -> Iterator[Finding]:
    owner = folder.stat().st_uid
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield fault(
            "files",
            f"{folder} cannot be written to by user {os.geteuid()}.",
            f"Run Skileez as user {owner}, or chown the folder.",
        )
        return
    inside = _there(sorted(folder.iterdir()), follow=False)
    strange = [path.name for path, told in inside.items() if told.st_uid != owner]
    if strange:
        yield fault(
            "files",
            f"In {folder} are files of somebody else: {', '.join(strange[:5])}.",
            "chown them to the folder's owner, and run every command as that user.",
        )


def _there(paths: Iterable[Path], *, follow: bool = True) -> dict[Path, os.stat_result]:
    """What the system says of those that are there: a database's files come and go meanwhile."""
    found = {}
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            found[path] = path.stat(follow_symlinks=follow)
    return found


def _database(settings: Settings) -> list[Path]:
    # All that there may be of it; the file itself is the first.
    url = normalised(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return []
    endings = ("", "-wal", "-shm", ".lock", ".turn.lock", ".working")
    return [Path(f"{url.database}{ending}") for ending in endings]


def disk(settings: Settings) -> Iterator[Finding]:
    """Whether there is room for what people write, and for a backup beside it."""
    folders = (settings.data_dir, settings.backups)
    places = {*filter(None, folders), *(path.parent for path in _database(settings)[:1])}
    disks: dict[int, Path] = {}
    for place in sorted(places):
        while not place.exists():
            place = place.parent
        disks.setdefault(place.stat().st_dev, place)
    for place in disks.values():
        yield room(place, sum(told.st_size for told in _there(_database(settings)).values()))


def room(place: Path, size: int) -> Finding:
    """Whether there is room at a place for `size` bytes more, and for files."""
    free, inodes = shutil.disk_usage(place).free, os.statvfs(place)
    says = f"{free / (1 << 30):.1f} GB are free at {place}."
    if free < LITTLE:
        return fault("disk", says, "Make room now: writes fail once it is full.")
    if inodes.f_files and inodes.f_favail < FEW * inodes.f_files:
        return fault(
            "disk",
            f"{place} can take {inodes.f_favail:,} more files.",
            "Remove small files there: writes fail once there may be no more.",
        )
    if free < max(LOW, 2 * size):
        remedy = "Make room: a backup and a migration each need as much as the database has."
        return warning("disk", says, remedy)
    return fine("disk", says)
