"""The file of a backup: what it says is in it, and its rows, never more of them than it says.

It may be damaged or forged, so nothing of it is believed, shown or unpacked unmeasured.
"""

import hashlib
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import msgspec

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1 << 20  # bytes; it has some hundred for each table
LONGEST_ROW = 16 << 20  # bytes, far above that of the largest picture
NAMED = 5  # tables in a sentence
KEPT_FREE = 200 << 20  # bytes of a disk that nothing here may fill, or a twentieth of a small one
WAYS = (ZIP_STORED, ZIP_DEFLATED)  # to pack; the others take as much memory as a file asks for

Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9_]{1,63}\Z")]
Words = Annotated[str, msgspec.Meta(pattern=r"\A[\w .+-]{1,80}\Z")]  # they are printed
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class Trouble(Exception):
    """No backup was made, or none was restored; the sentence says why."""


class Part(msgspec.Struct, frozen=True):
    """A table in a backup; `columns` are names with kinds, `last` the last number it gave.

    `size` counts bytes before they were packed; the first backups do not say it.
    """

    table: Name
    rows: Number
    sha256: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    columns: dict[str, str]
    last: Number
    size: Number | None = None

    @property
    def name(self) -> str:
        """The part of the zip."""
        return f"tables/{self.table}.jsonl"


class Head(msgspec.Struct, frozen=True):
    """What a manifest of any format says; `schema` is the last migration of its database."""

    format: Number
    product: Words
    schema: Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}\Z")]


class Manifest(Head, frozen=True):
    """What is in a backup."""

    engine: Words
    created_at: Instant
    parts: list[Part]

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(part.rows for part in self.parts)


class BackupFile:
    """An open backup."""

    def __init__(self, path: Path, packed: ZipFile, head: Head, written: bytes) -> None:
        self.path = path
        self.packed = packed
        self.head = head
        self.written = written

    def manifest(self) -> Manifest:
        """What it says is in it, when the zip says the same of the sizes. Raises Trouble."""
        if self.head.format != FORMAT:
            raise Trouble(f"{self.path} was made by {self.head.product}, in another format.")
        with _plain(self.path):
            manifest = msgspec.json.decode(self.written, type=Manifest)
            self._refuse([part for part in manifest.parts if not self._is_as_said(part)])
        return manifest

    def size(self, manifest: Manifest) -> int:
        """How many bytes it unpacks to, at most."""
        return sum(self.packed.getinfo(part.name).file_size for part in manifest.parts)

    def _is_as_said(self, part: Part) -> bool:
        # Reading a part of a zip ends at this size, whatever is packed in it.
        inside = self.packed.getinfo(part.name)
        is_measured = part.size in (None, inside.file_size) and part.rows <= inside.file_size
        return is_measured and inside.compress_type in WAYS

    def lines(self, part: Part) -> Iterator[bytes]:
        """Each row of a table. Raises Trouble."""
        with _plain(self.path), self.packed.open(part.name) as packed:
            lines = io.BufferedReader(packed)  # type: ignore[type-var]
            while line := lines.readline(LONGEST_ROW):
                if len(line) == LONGEST_ROW:
                    raise Trouble(f"{self.path} has a row in {part.table} that is too long.")
                yield line

    def is_whole(self, part: Part) -> bool:
        """Whether all of a table is there as it was."""
        digest, count, size = hashlib.sha256(), 0, 0
        for line in self.lines(part):
            digest.update(line)
            count += 1
            size += len(line)
        is_same = (digest.hexdigest(), count) == (part.sha256, part.rows)
        return is_same and part.size in (None, size)

    def check(self, manifest: Manifest) -> None:
        """Read all of it. Raises Trouble when anything is not as it was written."""
        self._refuse([part for part in manifest.parts if not self.is_whole(part)])

    def _refuse(self, wrong: list[Part]) -> None:
        if wrong:
            names = [part.table for part in wrong]
            more = ["and more"] * (len(names) > NAMED)
            raise Trouble(f"{self.path} is damaged in {', '.join([*names[:NAMED], *more])}.")


@contextmanager
def opened(path: Path) -> Iterator[BackupFile]:
    """A backup, of which only the head has been read. Raises Trouble."""
    with _plain(path):
        if path.exists() and not path.is_file():
            raise Trouble(f"{path} is no backup: it is no file.")
        packed = ZipFile(path)
    with packed:
        with _plain(path):
            written = _manifest(packed)
            head = msgspec.json.decode(written, type=Head)
        yield BackupFile(path, packed, head, written)


def _manifest(packed: ZipFile) -> bytes:
    if packed.getinfo(MANIFEST).compress_type not in WAYS:
        raise ValueError("it is packed in an unknown way")
    with packed.open(MANIFEST) as manifest:
        return manifest.read(LARGEST_MANIFEST)


@contextmanager
def _plain(path: Path) -> Iterator[None]:
    try:
        yield
    except (Trouble, MemoryError):
        raise
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}.") from None
    except PermissionError:
        raise Trouble(f"{path} may not be read by this user.") from None
    except Exception as error:  # a flipped bit makes zipfile raise whatever it meets first
        raise Trouble(f"{path} is no backup, or a damaged one: {reason(error)}.") from error


def checked(path: Path) -> Manifest:
    """What a backup says is in it, once all of it has been read and found so. Raises Trouble."""
    with opened(path) as file:
        manifest = file.manifest()
        file.check(manifest)
        return manifest


def need_room(folder: Path, size: int, *, why: str) -> None:
    """Raises Trouble unless `size` bytes more leave a disk some that are free."""
    usage = shutil.disk_usage(folder)
    kept = min(KEPT_FREE, usage.total // 20)
    if usage.free < size + kept:
        raise Trouble(
            f"{why} {in_words(size)}, and {in_words(usage.free)} are free at {folder},"
            f" of which {in_words(kept)} have to stay so."
        )


def in_words(size: int) -> str:
    """Bytes, as people say it."""
    return f"{size / 1e9:,.1f} GB" if size > 5e8 else f"{size / 1e6:,.1f} MB"


def reason(error: Any) -> str:
    """The first line of what an error says, and nothing in it that a terminal obeys."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    return "".join(each if each.isprintable() else "?" for each in said.splitlines()[0])[:300]
