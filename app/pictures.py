"""Pictures people send, made anew by a process of their own before anything else sees them."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import IO

import msgspec

from app.picture_maker import TOO_MANY_PIXELS, UNREADABLE

log = logging.getLogger("skileez")

MAKER = Path(__file__).with_name("picture_maker.py")
LARGEST_FILE = 8 * 1024 * 1024
PATIENCE = 60  # seconds; the process itself ends after 20 seconds of work
# The fields in which pictures are sent, and what becomes of them.
SHAPES = {"picture": "profile", "thumbnail": "thumbnail"}

NO_PICTURE = "This file is not a picture we can read. Choose a JPEG, PNG or WebP."
TOO_LARGE = "This picture is larger than 8 MB. Choose a smaller one."
TOO_DETAILED = "This picture has more than 40 megapixels. Choose a smaller one."
NOT_NOW = "This picture took too long to read. Choose it again, or a smaller one."


class Upload(msgspec.Struct, frozen=True):
    """A picture somebody sent: `content` is the WebP we made of it, or `problem` says why not.

    `name` is what the file was called where it came from. Nothing is done by it.
    """

    name: str
    content: bytes = b""
    problem: str = ""


def remade(name: str, file: IO[bytes], shape: str) -> Upload:
    """The picture in this file, as a profile picture or a thumbnail."""
    file.flush()
    file.seek(0)
    try:
        # The file is the process's input itself: it never passes through our own memory.
        ended = subprocess.run(  # noqa: S603 - our own program, with nothing of the sender's
            [sys.executable, "-I", str(MAKER), shape],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Upload(name, problem=NOT_NOW)
    if ended.returncode == 0 and ended.stdout:
        return Upload(name, ended.stdout)
    if ended.returncode == TOO_MANY_PIXELS:
        return Upload(name, problem=TOO_DETAILED)
    if ended.returncode != UNREADABLE:
        log.warning("a picture ended its decoder with %s", ended.returncode)
    return Upload(name, problem=NO_PICTURE)
