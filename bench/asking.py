"""The site in this process, asked as a server asks it, and every statement it sends meanwhile."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import event

from app.clock import now
from app.main import create_app
from app.settings import Settings
from db.engine import Database
from db.models.sign_ins import SignIn

HOME = "skileez.example"
COUNTED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
Statement = tuple[str, Any]


@dataclass
class Answer:
    """One answer as it leaves the server."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    seconds: float
    statements: list[Statement] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return next((value.decode() for name, value in self.headers if name == b"location"), "")

    @property
    def size(self) -> int:
        """Bytes on the line: the status, the headers and the body."""
        lines = sum(len(name) + len(value) + 4 for name, value in self.headers)
        return len("HTTP/1.1 200 OK\r\n\r\n") + lines + len(self.body)


class Site:
    """The application over one database, and people who are signed in to it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        address = database.url.render_as_string(hide_password=False)
        chosen = {"DATA_DIR": str(folder), "DATABASE_URL": address, "DEMO": "0", "WORKERS": "1"}
        chosen |= {"PUBLIC_URL": f"https://{HOME}", "LIMITS": "100000"}
        settings = Settings.from_env(chosen)
        settings.prepare_data_dir()
        self.app = create_app(settings, database)
        self.cookies: dict[int, str] = {}
        # All of SQLite's work is done in this process, whose own time nobody else can spoil.
        self.clock = time.process_time if database.is_sqlite else time.perf_counter

    def sign_in(self, account_id: int) -> None:
        """Begin a sign-in of this person, as if the password had been typed."""
        token = secrets.token_urlsafe(32)
        with self.database.writing() as db:
            db.add(
                SignIn(
                    account_id=account_id,
                    token_hash=hashlib.sha256(token.encode()).digest(),
                    created_at=now(),
                    seen_at=now(),
                    proved_at=now(),
                    expires_at=now() + timedelta(days=30),
                )
            )
        self.cookies[account_id] = f"__Host-session={token}; seen=1"

    async def get(self, who: int | None, path: str, *, part: bool = False) -> Answer:
        """A page, or only its part as htmx asks for it."""
        return await self._ask("GET", who, path, b"", part)

    async def post(
        self,
        who: int | None,
        path: str,
        fields: dict[str, Any] | None = None,
        *,
        part: bool = False,
    ) -> Answer:
        return await self._ask(
            "POST", who, path, urlencode(fields or {}, doseq=True).encode(), part
        )

    async def _ask(
        self, method: str, who: int | None, path: str, body: bytes, part: bool
    ) -> Answer:
        words, _, query = path.partition("?")
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "https",
            "asgi": {"version": "3.0"}, "path": words, "raw_path": words.encode(),
            "query_string": query.encode(), "headers": self._headers(who, method, body, part),
            "server": (HOME, 443), "client": ("127.0.0.1", 50000), "root_path": "",
            "extensions": {},
        }  # fmt: skip
        waiting: list[MutableMapping[str, Any]] = [
            {"type": "http.request", "body": body, "more_body": False}
        ]
        sent: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            if not waiting:
                await asyncio.Event().wait()  # nobody leaves early
            return waiting.pop()

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        begun = self.clock()
        await self.app(scope, receive, send)
        took = self.clock() - begun
        content = b"".join(message.get("body", b"") for message in sent)
        return Answer(sent[0]["status"], list(sent[0]["headers"]), content, took)

    def _headers(
        self, who: int | None, method: str, body: bytes, part: bool
    ) -> list[tuple[bytes, bytes]]:
        mode, wanted = ("cors", "empty") if part else ("navigate", "document")
        said = {
            "host": HOME, "accept": "text/html,*/*;q=0.8", "user-agent": "Benchmark/1.0",
            "sec-fetch-site": "same-origin", "sec-fetch-mode": mode, "sec-fetch-dest": wanted,
        }  # fmt: skip
        if who is not None:
            said["cookie"] = self.cookies[who]
        if part:
            said |= {"hx-request": "true", "hx-request-type": "partial"}
        if method == "POST":
            said |= {
                "origin": f"https://{HOME}", "content-length": str(len(body)),
                "content-type": "application/x-www-form-urlencoded",
            }  # fmt: skip
        return [(name.encode(), value.encode()) for name, value in said.items()]

    @contextmanager
    def listening(self) -> Iterator[list[Statement]]:
        """Every statement that looks or writes, with its values, while this lasts."""
        sent: list[Statement] = []

        def note(*about: Any) -> None:
            if about[2].lstrip("( ").startswith(COUNTED):
                sent.append((about[2], about[3]))

        # On PostgreSQL the one that reads is the other one with an option, and hears what it hears.
        engines = [self.database.engine]
        engines += [self.database.reading_engine] if self.database.is_sqlite else []
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", note)
