"""Mails as files in the data folder: where they go without a mail server, and how they are read."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email import message_from_binary_file, message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import msgspec

from app.mail.message import Letter

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{1,19}", re.ASCII)
FOLDER = "mail"


class Written(msgspec.Struct, frozen=True):
    """A mail as it was written; `sent_at` is when."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    text: str = ""
    html: str = ""


def write(data_dir: Path, letter: Letter, hand_over: Callable[[], None]) -> None:
    """Put a letter into the folder, whole or not at all, readable by its owner alone."""
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    unfinished = folder / f".{letter.name}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(letter.content)
        file.flush()
        os.fsync(file.fileno())
    try:
        hand_over()
        unfinished.replace(_path(folder, letter.name))
    finally:
        unfinished.unlink(missing_ok=True)  # there only when it was not handed over


def newest(data_dir: Path, most: int) -> list[Written]:
    """The latest mails, the newest first."""
    found = []
    for name in sorted(_names(data_dir / FOLDER), reverse=True)[:most]:
        with _path(data_dir / FOLDER, name).open("rb") as file:
            found.append(_read(name, message_from_binary_file(file, policy=default)))
    return found


def find(data_dir: Path, name: str) -> Written | None:
    """The mail of this name, with its words; None when there is none, whatever was asked for."""
    if not NAME.fullmatch(name):
        return None
    try:
        message = message_from_bytes(_path(data_dir / FOLDER, name).read_bytes(), policy=default)
    except FileNotFoundError:
        return None
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    words = {
        kind: part.get_content().replace("\r\n", "\n") if part else ""
        for kind, part in parts.items()
    }
    return msgspec.structs.replace(_read(name, message), text=words["plain"], html=words["html"])


def remove_before(data_dir: Path, then: datetime) -> None:
    """Remove the mails of before then."""
    for name in _names(data_dir / FOLDER):
        if name < f"{then:%Y%m%d-%H%M%S}":
            _path(data_dir / FOLDER, name).unlink(missing_ok=True)


def _names(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from (path.stem for path in folder.glob("*.eml") if NAME.fullmatch(path.stem))


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.eml"


def _read(name: str, message: EmailMessage) -> Written:
    return Written(name, str(message["To"]), str(message["Subject"]), message["Date"].datetime)
