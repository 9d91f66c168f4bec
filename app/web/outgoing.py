"""What goes out: every header an answer needs, and its body packed where that is worth it."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any, TypeAlias

import brotli

from app.arrivals import FILE_POLICY

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

# An answer without a body shows nothing that a policy could protect, and polls are all headers.
EMPTY = (204, 304)
NEEDED = (b"cache-control", b"vary", b"etag", b"hx-ptag")
# What is told of documents only. A script gets a fragment, which no browser opens as a page.
OF_DOCUMENTS = (b"referrer-policy", b"cross-origin-opener-policy", b"permissions-policy")
WORTH_PACKING = 300
SAME_BYTES = "same_bytes"  # in the scope: this very body will be sent again and again
BROTLI_QUALITY = 6  # 1% smaller than 5 for a tenth of the time; 11 would take fifty times as long


class Answer:
    """What goes out, with every header it needs, packed where that is worth it."""

    def __init__(self, scope: Scope, send: Send, headers: dict[bytes, bytes]) -> None:
        self.scope = scope
        self.out = send
        self.extra = headers
        self.start: Message | None = None
        self.status = 0  # until it has begun
        self.size = 0

    async def send(self, message: Message) -> None:
        """Hold the start back until the body is there; then both go out together."""
        if message["type"] == "http.response.start":
            self.start = message
            self.status = message["status"]
            return
        if self.start is not None:
            body = message.get("body", b"")
            whole = not message.get("more_body", False)
            start, self.start = self.start, None
            empty = start["status"] in EMPTY and self.scope["method"] != "OPTIONS"
            headers = self._bare(start["headers"]) if empty else self._dressed(start["headers"])
            if whole:
                body = await self._packed(headers, body)
            await self.out({**start, "headers": list(headers.items()) + self._cookies(start)})
            message = {**message, "body": body}
        if self.scope["method"] == "HEAD":
            message = {**message, "body": b""}
        self.size += len(message.get("body", b""))
        await self.out(message)

    def _bare(self, headers: Any) -> dict[bytes, bytes]:
        own = {name.lower(): value for name, value in headers if name.lower() in NEEDED}
        return {**own, b"x-content-type-options": b"nosniff"}

    def _dressed(self, headers: Any) -> dict[bytes, bytes]:
        own = {name.lower(): value for name, value in headers if name.lower() != b"set-cookie"}
        own.setdefault(b"cache-control", b"no-store")
        own[b"x-request-id"] = self.scope["request_id"].encode()
        extra = self.extra
        is_part = (b"hx-request-type", b"partial") in self.scope["headers"]
        if is_part:
            extra = {name: extra[name] for name in extra if name not in OF_DOCUMENTS}
        is_page = own.get(b"content-type", b"").startswith(b"text/html") and not is_part
        return {**extra, **({} if is_page else FILE_POLICY), **own}

    def _cookies(self, start: Message) -> list[tuple[bytes, bytes]]:
        return [(name, value) for name, value in start["headers"] if name.lower() == b"set-cookie"]

    async def _packed(self, headers: dict[bytes, bytes], body: bytes) -> bytes:
        text = headers.get(b"content-type", b"").startswith((b"text/html", b"application/xml"))
        if not text or len(body) < WORTH_PACKING or b"content-encoding" in headers:
            return body
        vary = headers.get(b"vary")
        headers[b"vary"] = b"Accept-Encoding" if vary is None else vary + b", Accept-Encoding"
        accepted = accepted_encodings(self.scope["headers"])
        if "br" in accepted:
            packed, encoding = await self._brotli(body), b"br"
        elif "gzip" in accepted:
            packed, encoding = gzip.compress(body, 6), b"gzip"
        else:
            return body
        headers[b"content-encoding"] = encoding
        headers[b"content-length"] = str(len(packed)).encode()
        return packed

    async def _brotli(self, body: bytes) -> bytes:
        if self.scope.get(SAME_BYTES):
            return await asyncio.to_thread(best_brotli, body)
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))


@lru_cache(maxsize=16)
def best_brotli(body: bytes) -> bytes:
    """As small as Brotli can: a tenth smaller for fifty times the work, so it is done once."""
    return bytes(brotli.compress(body, quality=11))


def accepted_encodings(headers: Any) -> set[str]:
    """The encodings a browser reads, without those it gave no weight."""
    listed = b",".join(value for name, value in headers if name == b"accept-encoding").decode(
        "latin-1"
    )
    parts = [part.strip().lower().partition(";") for part in listed.split(",")]
    return {
        name.strip() for name, _, weight in parts if weight.replace(" ", "") not in ("q=0", "q=0.0")
    }
