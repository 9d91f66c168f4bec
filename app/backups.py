"""One file that holds all of a site, and a site out of such a file.

A zip: JSON lines for each table, and `manifest.json`, which says what is in it.
"""

import hashlib
import os
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from sqlalchemy import Connection

from app.clock import now
from db import backups
from db.backups import Source, Unfit
from db.engine import Database
from db.migrate import newest_version, version_of

FORMAT = 1
MANIFEST = "manifest.json"
LEVEL = 3  # of deflate


class Trouble(Exception):
    """No backup was made, or none was restored; the sentence says why."""


class Part(msgspec.Struct, frozen=True):
    """A table in a backup; `columns` are names with kinds, `last` the last number it gave."""

    table: str
    rows: int
    sha256: str
    columns: dict[str, str]
    last: int

    @property
    def name(self) -> str:
        """The part of the zip."""
        return f"tables/{self.table}.jsonl"


class Manifest(msgspec.Struct, frozen=True):
    """What is in a backup; `schema` is the last migration its database had seen."""

    format: int
    product: str
    schema: str
    engine: str
    created_at: datetime
    parts: list[Part]

    @property
    def row_count(self) -> int:
        """All rows of all tables."""
        return sum(part.rows for part in self.parts)


def back_up(database: Database, path: Path) -> Manifest:
    """Write all of the site to a new file, which is read again before it gets its name.

    Others may write to the database meanwhile. Raises Trouble, and what the database raises.
    """
    if path.exists():
        raise Trouble(f"{path} is there already; a backup replaces nothing.")
    if database.is_sqlite and not Path(str(database.url.database)).exists():
        raise Trouble(f"There is no database at {database.url.database}.")
    try:
        with _named_in_the_end(path) as file:
            with backups.standing_still(database, path.parent) as connection:
                manifest = _write(file, connection)
            file.flush()
            os.fsync(file.fileno())
            if checked(Path(file.name)) != manifest:
                raise Trouble("What was written reads otherwise; is the disk in order?")
            return manifest
    except FileExistsError:
        raise Trouble(f"{path} came to be meanwhile; nothing was replaced.") from None
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror or error}.") from error
    except Unfit as unfit:
        raise Trouble(str(unfit)) from unfit


@contextmanager
def _named_in_the_end(path: Path) -> Iterator[IO[bytes]]:
    # Made readable by its owner alone.
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        unnamed = Path(file.name)
        try:
            yield file
            _name(unnamed, path)
        finally:
            unnamed.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _name(unnamed: Path, path: Path) -> None:
    # Neither a link nor a new file takes a name that is taken; moving a file would.
    try:
        path.hardlink_to(unnamed)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a stick
        path.touch(exist_ok=False)
        unnamed.replace(path)


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
    encode, digest, count = msgspec.json.Encoder().encode, hashlib.sha256(), 0
    with packed.open(empty.name, "w", force_zip64=True) as part:
        for row in backups.rows(connection, source):
            line = encode(row) + b"\n"
            digest.update(line)
            part.write(line)
            count += 1
    return msgspec.structs.replace(empty, rows=count, sha256=digest.hexdigest())


def checked(path: Path) -> Manifest:
    """What a backup says is in it, once all of it has been read and found so. Raises Trouble."""
    try:
        with ZipFile(path) as packed:
            manifest = msgspec.json.decode(packed.read(MANIFEST), type=Manifest)
            wrong = [part.table for part in manifest.parts if not _is_whole(packed, part)]
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}.") from None
    except PermissionError:
        raise Trouble(f"{path} may not be read by this user.") from None
    except Exception as error:  # a flipped bit makes zipfile raise whatever it meets first
        raise Trouble(f"{path} is no backup, or a damaged one: {error}.") from error
    if wrong:
        raise Trouble(f"{path} is damaged in {', '.join(wrong)}.")
    return manifest


def _is_whole(packed: ZipFile, part: Part) -> bool:
    digest, count = hashlib.sha256(), 0
    with packed.open(part.name) as lines:
        for line in lines:
            digest.update(line)
            count += 1
    return (digest.hexdigest(), count) == (part.sha256, part.rows)


def restore(database: Database, path: Path) -> Manifest:
    """Fill an empty database from a backup, whole or not at all, and bring it up to date.

    Raises Trouble, and what the database raises.
    """
    manifest = checked(path)
    newest = newest_version()
    if manifest.format != FORMAT or manifest.schema > newest:
        raise Trouble(
            f"{path} was made by {manifest.product} with schema {manifest.schema}; this version"
            f" knows {newest}. Restore it with that version or a later one."
        )
    try:
        with (
            backups.empty(database, manifest.schema) as connection,
            ZipFile(path) as packed,
        ):
            _unpack(packed, connection, manifest)
    except Unfit as unfit:
        raise Trouble(str(unfit)) from unfit
    return manifest


def _unpack(packed: ZipFile, connection: Connection, manifest: Manifest) -> None:
    parts = {part.table: part for part in manifest.parts}
    sources = backups.sources(connection)
    if set(parts) != {source.table.name for source in sources}:
        raise Trouble(f"Its tables are not those of schema {manifest.schema}.")
    for source in sources:
        part = parts[source.table.name]
        if part.columns != source.columns:
            raise Trouble(f"Its columns of {part.table} are not those of schema {manifest.schema}.")
        as_packed = source.in_order([*part.columns])
        read = msgspec.json.Decoder(as_packed.row).decode
        with packed.open(part.name) as lines:
            count = backups.fill(connection, as_packed, map(read, lines))
        if count != part.rows:
            raise Trouble(f"Of {part.rows} rows of {part.table} {count} are there.")
        backups.go_on_numbering(connection, source, part.last)


def _product() -> str:
    with suppress(PackageNotFoundError):
        return installed("skileez")
    project = Path(__file__).parent.parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text())["project"]["version"])
