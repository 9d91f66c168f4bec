"""One file that holds all of a site, and a site out of such a file.

A zip: JSON lines for each table, and `manifest.json`, which says what is in it.
"""

import hashlib
import os
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from app.backup_files import (
    FORMAT,
    MANIFEST,
    BackupFile,
    Manifest,
    Part,
    Trouble,
    checked,
    need_room,
    opened,
    reason,
)
from app.clock import now
from app.unfinished import unfinished
from db import backups
from db.backups import Source, Unfit
from db.engine import Database
from db.migrate import newest_version, version_of, versions

LEVEL = 3  # of deflate
BATCH = 1_000  # rows put in at once, or as many as have
BATCH_SIZE = 8 << 20  # bytes
FILE = "site.zip"  # as long as it has no name


def back_up(database: Database, path: Path) -> Manifest:
    """Write all of the site to a new file, which is read again before it gets its name.

    Others may write to the database meanwhile. Raises Trouble, and what the database raises.
    """
    try:
        if path.exists() or path.is_symlink():
            raise Trouble(f"{path} is there already; a backup replaces nothing.")
        _must_exist(database)
        with unfinished(path.parent) as folder:
            manifest = _make(database, folder)
            _name(folder / FILE, path)
        return manifest
    except FileExistsError:
        raise Trouble(f"{path} came to be meanwhile; nothing was replaced.") from None
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror or error}.") from error
    except Unfit as unfit:
        raise Trouble(str(unfit)) from unfit


def _must_exist(database: Database) -> None:
    if database.is_sqlite and not Path(str(database.url.database)).exists():
        raise Trouble(f"There is no database at {database.url.database}.")


def _make(database: Database, folder: Path) -> Manifest:
    with _private(folder / FILE) as file:
        if database.is_sqlite:
            size = Path(str(database.url.database)).stat().st_size
            need_room(folder.parent, size, why="A copy of the SQLite file is made first; it takes")
        with backups.standing_still(database, folder) as connection:
            manifest = _write(file, connection)
        file.flush()
        os.fsync(file.fileno())
    if checked(folder / FILE) != manifest:
        raise Trouble("What was written reads otherwise; is the disk in order?")
    return manifest


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def _name(unnamed: Path, path: Path) -> None:
    # Neither a link nor a new file takes a name that is taken; moving a file would.
    try:
        path.hardlink_to(unnamed)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a stick
        path.touch(exist_ok=False)
        try:
            unnamed.replace(path)
        except BaseException:
            path.unlink()
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(file: IO[bytes], connection: Connection) -> Manifest:
    schema = version_of(connection)
    if schema is None:
        raise Trouble("There is nothing in the database.")
    last = backups.last_numbers(connection)
    created_at = now()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL) as packed:
        parts = [
            _pack(packed, connection, source, last.get(source.table.name, 0))
            for source in backups.sources(connection)
        ]
        manifest = Manifest(
            format=FORMAT,
            product=f"Skileez {_product()}",
            schema=schema,
            engine=connection.dialect.name,
            created_at=created_at,
            parts=parts,
        )
        packed.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


def _pack(packed: ZipFile, connection: Connection, source: Source, last: int) -> Part:
    empty = Part(source.table.name, 0, "", source.columns, last)
    encode, digest, count, size = msgspec.json.Encoder().encode, hashlib.sha256(), 0, 0
    with packed.open(empty.name, "w", force_zip64=True) as part:
        for row in backups.rows(connection, source):
            line = encode(row) + b"\n"
            digest.update(line)
            part.write(line)
            count += 1
            size += len(line)
    return msgspec.structs.replace(empty, rows=count, sha256=digest.hexdigest(), size=size)


def restore(database: Database, path: Path) -> Manifest:
    """Fill an empty database from a backup, whole or not at all, and bring it up to date.

    Raises Trouble, and what the database raises when it does not answer or is full.
    """
    with opened(path) as file:
        _must_know(file)
        manifest = file.manifest()
        room = Room(database)
        room.take(2 * file.size(manifest))  # SQLite writes all of it ahead, and then once more
        file.check(manifest)
        try:
            with backups.empty(database, manifest.schema) as connection:
                _unpack(file, connection, manifest, room)
        except Unfit as unfit:
            raise Trouble(str(unfit)) from unfit
        except (Trouble, OSError, OperationalError):
            raise
        except Exception as error:  # what was forged makes each layer raise what it likes
            said = f"{type(error).__name__}: {reason(error)}"
            raise Trouble(f"{path} does not fit its schema {manifest.schema}: {said}.") from error
    return manifest


def _must_know(file: BackupFile) -> None:
    head, newest = file.head, newest_version()
    if head.format > FORMAT or head.schema > newest:
        raise Trouble(
            f"{file.path} was made by {head.product} with schema {head.schema}; this version"
            f" knows {newest}. Restore it with that version or a later one."
        )
    if head.schema not in versions():
        raise Trouble(f"{file.path} is of a schema that never was: {head.schema}.")


class Room:
    """The disk that a SQLite file grows on; of a server's disk nothing is known here."""

    def __init__(self, database: Database) -> None:
        place = Path(str(database.url.database)).absolute().parent if database.is_sqlite else None
        while place and not place.exists():
            place = place.parent
        self.place = place

    def take(self, size: int) -> None:
        """Raises Trouble unless so many bytes more find room."""
        if self.place:
            need_room(self.place, size, why="Nothing was restored: it takes")


def _unpack(file: BackupFile, connection: Connection, manifest: Manifest, room: Room) -> None:
    parts = {part.table: part for part in manifest.parts}
    sources = backups.sources(connection)
    if sorted(parts) != sorted(source.table.name for source in sources):
        raise Trouble(f"Its tables are not those of schema {manifest.schema}.")
    for source in sources:
        part = parts[source.table.name]
        if part.columns != source.columns:
            raise Trouble(f"Its columns of {part.table} are not those of schema {manifest.schema}.")
        as_packed = source.in_order([*part.columns])
        count = backups.fill(connection, as_packed, _batches(file, part, as_packed, room))
        if count != part.rows:
            raise Trouble(f"Of {part.rows} rows of {part.table} {count} are there.")
        backups.go_on_numbering(connection, source, part.last)


def _batches(
    file: BackupFile, part: Part, source: Source, room: Room
) -> Iterator[list[tuple[Any, ...]]]:
    read = msgspec.json.Decoder(source.row).decode
    rows: list[tuple[Any, ...]] = []
    size = 0
    for line in file.lines(part):
        rows.append(read(line))
        size += len(line)
        if len(rows) == BATCH or size > BATCH_SIZE:
            room.take(size)
            yield rows
            rows, size = [], 0
    yield rows


def _product() -> str:
    with suppress(PackageNotFoundError):
        return installed("skileez")
    project = Path(__file__).parent.parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text())["project"]["version"])
