"""The backups: how old the newest is, and whether it is its owner's alone."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from app.backup_files import Manifest, Trouble, opened
from app.clock import now
from app.doctor.finding import Finding, fault, fine, warning
from app.settings import Settings

OLD = timedelta(days=2)  # of what is made each night
LOOKED_AT = 5  # of the newest, until one can be read
MAKE = "Make one now: ./run backup FILE, or sudo systemctl start skileez-backup."


def backups(settings: Settings) -> Iterator[Finding]:
    """Whether there is one of the last two days, where it is said that they are."""
    folder = settings.backups
    if folder is not None:
        yield from _kept_in(folder)
    elif settings.demo:
        yield fine("backups", "The demo world needs none. ./run backup FILE makes one.")
    else:
        yield warning(
            "backups",
            "BACKUPS names no folder: nobody looks how old the last one is.",
            "Let ./run backup FILE make one each night, and name their folder in BACKUPS.",
        )


def _kept_in(folder: Path) -> Iterator[Finding]:
    try:
        newest = sorted(_files(folder), key=lambda one: one[1].st_mtime, reverse=True)
    except FileNotFoundError:
        newest = []
    except OSError as error:
        says = f"{folder} cannot be looked into: {error.strerror}."
        yield fault("backups", says, "Correct BACKUPS, or let this user read the folder.")
        return
    for path, facts in newest[:LOOKED_AT]:
        try:
            with opened(path) as file:
                manifest = file.manifest()
        except Trouble as trouble:
            yield warning("backups", str(trouble), "Remove it, if it is not just being copied.")
        else:
            yield _aged(path, manifest)
            yield from _seen_by_others(path, facts.st_mode)
            return
    yield fault("backups", f"There is none in {folder}.", MAKE)


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.iterdir():
        if path.suffix == ".zip" and path.is_file():
            with suppress(FileNotFoundError):  # old ones are removed at any time
                yield path, path.stat()


def _aged(path: Path, manifest: Manifest) -> Finding:
    age = now() - manifest.created_at
    hours = max(0, round(age.total_seconds() / 3600))
    says = f"The newest, {path}, is {hours} hours old."
    if age <= OLD:
        return fine("backups", says)
    return fault("backups", says, f"{MAKE} Look why none was: journalctl -u skileez-backup.")


def _seen_by_others(path: Path, mode: int) -> Iterator[Finding]:
    mode = stat.S_IMODE(mode)
    # Where nobody else comes, it does not matter.
    if mode & 0o077 and stat.S_IMODE(path.parent.stat().st_mode) & 0o077:
        says = f"Others on this machine may read {path} (mode {mode:04o})."
        yield fault("backups", says, f"chmod 600 {path}")
