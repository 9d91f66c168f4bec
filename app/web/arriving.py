"""A form that carries files, read while it arrives: text in memory, files straight to the disk."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from app.errors import Malformed, TooLarge
from app.forms.form import NOT_OFFERED
from app.pictures import LARGEST_FILE, SHAPES
from app.web.request import Request

NO_FORM = "What arrived is not a form as our pages send it."
MOST_FIELDS = 100
LARGEST_TEXT = 64 * 1024


class Sent(msgspec.Struct):
    """A file as it arrives; `kept` is None where nobody will look at it."""

    name: str
    kept: IO[bytes] | None = None
    size: int = 0


class Arriving:
    """A multipart form while it arrives; without a folder its files are let go."""

    def __init__(self, held: ExitStack, folder: Path | None) -> None:
        self.held = held
        self.folder = folder
        self.posted: dict[str, list[str]] = {}
        self.sent: dict[str, Sent] = {}
        self.part: MultipartSegment | None = None
        self.words = bytearray()  # of the part that is arriving
        self.text = 0  # bytes of all fields so far

    @property
    def files(self) -> list[tuple[str, Sent]]:
        """What was chosen: an empty field is sent as an empty file without a name."""
        return [(name, sent) for name, sent in self.sent.items() if sent.name or sent.size]

    async def read(self, request: Request) -> None:
        """All of it. Raises Malformed and TooLarge."""
        _, options = parse_options_header(request.headers["content-type"])
        try:
            boundary = options.get("boundary", "").encode("latin-1")
            with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS) as parser:
                async for chunk in request.stream():
                    for event in parser.parse(chunk) if chunk else ():
                        self._take(event)
        except (MultipartError, UnicodeError):
            raise Malformed(NO_FORM) from None

    def _take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif self.part is not None and self.part.filename is not None:
            self._keep(self.sent[self.part.name], event or b"")
        elif event is not None:
            self._grow(len(event))
            self.words += event
        elif self.part is not None:
            self.posted.setdefault(self.part.name, []).append(self.words.decode())

    def _begin(self, part: MultipartSegment) -> None:
        self.part = part
        self.words.clear()
        self._grow(len(part.name))
        if part.filename is None:
            return
        if part.name not in SHAPES or part.name in self.sent:
            raise Malformed(NOT_OFFERED)
        self.sent[part.name] = Sent(part.filename[:200])
        if self.folder:
            kept = TemporaryFile(dir=self.folder)  # noqa: SIM115 - closed with what holds it
            self.sent[part.name].kept = self.held.enter_context(kept)

    def _grow(self, more: int) -> None:
        self.text += more
        if self.text > LARGEST_TEXT:
            raise TooLarge

    def _keep(self, sent: Sent, more: bytes | bytearray) -> None:
        sent.size += len(more)
        if sent.kept is not None and sent.size <= LARGEST_FILE:
            sent.kept.write(more)
