"""HTTP/2 over TLS before the site, as a proxy speaks it to browsers; it counts the bytes of it.

What is counted are the frames of both directions: packed headers, bodies and all that HTTP/2 says
besides. TLS, TCP and IP are left out, as a browser leaves them out.
"""

import asyncio
import base64
import hashlib
import http.client
import ssl
import threading
from collections import defaultdict
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import h2.config
import h2.connection
import h2.events
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hpack import NeverIndexedHeaderTuple

HELLO = len(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
FRAME = 9  # length, kind, flags and number of each
OF_THE_LINE = {"connection", "keep-alive", "transfer-encoding", "upgrade"}


@dataclass
class Exchange:
    """One request and its answer, with the bytes of their frames."""

    method: str
    path: str
    up: int = 0
    down: int = 0
    status: int = 0

    @property
    def both(self) -> int:
        return self.up + self.down


def key_of(certificate: bytes) -> str:
    """What Chromium is told to trust: without trust it would keep nothing in its cache."""
    key = x509.load_pem_x509_certificate(certificate).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(der).digest()).decode()


class Front:
    """Serves at `address` what `to` answers.

    `remembers`: whether headers that came before are sent as one byte, as Caddy and most others do;
    nginx writes them out each time.
    """

    def __init__(self, to: str = "", *, remembers: bool = True) -> None:
        self.to = to
        self.remembers = remembers
        self.exchanges: list[Exchange] = []
        self.besides = 0  # settings, windows, pings
        self.writers: set[asyncio.StreamWriter] = set()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.set_alpn_protocols(["h2"])
        certificate = trustme.CA().issue_cert("127.0.0.1")
        certificate.configure_cert(self.context)
        self.key = key_of(certificate.cert_chain_pems[0].bytes())
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.context))
        self.address = f"https://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def _do(self, what: Any) -> Any:
        found: Future[Any] = asyncio.run_coroutine_threadsafe(what, self.loop)
        return found.result(30)

    def stop(self) -> None:
        self._do(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _close(self) -> None:
        self.server.close()
        for writer in list(self.writers):
            writer.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    def forget(self) -> None:
        self.exchanges = []
        self.besides = 0

    @property
    def total(self) -> int:
        return self.besides + sum(one.both for one in self.exchanges)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(self, writer)
        self.writers.add(writer)
        try:
            while data := await reader.read(65536):
                line.hear(data)
        except OSError:
            pass  # the browser has gone
        finally:
            self.writers.discard(writer)
            writer.close()


class Line:
    """One connection of a browser."""

    def __init__(self, front: Front, writer: asyncio.StreamWriter) -> None:
        self.front = front
        self.writer = writer
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        self.h2 = h2.connection.H2Connection(config)
        self.h2.initiate_connection()
        self.heard = b""
        self.greeted = False
        self.ups: dict[int, int] = defaultdict(int)
        self.open: dict[int, Exchange] = {}
        self.bodies: dict[int, bytes] = defaultdict(bytes)
        self.heads: dict[int, list[tuple[str, str]]] = {}
        self.answering: list[asyncio.Task[None]] = []
        self.say()

    def hear(self, data: bytes) -> None:
        self._weigh(data)
        for event in self.h2.receive_data(data):
            number = getattr(event, "stream_id", 0)
            if isinstance(event, h2.events.RequestReceived):
                self.heads[number] = [(str(name), str(value)) for name, value in event.headers]
            elif isinstance(event, h2.events.DataReceived):
                self.bodies[number] += event.data
                self.h2.acknowledge_received_data(event.flow_controlled_length, number)
            elif isinstance(event, h2.events.StreamEnded):
                self.answering.append(self.front.loop.create_task(self.answer(number)))
        self.say()

    def _weigh(self, data: bytes) -> None:
        """Count whole frames; those of a request belong to it, the others to nobody."""
        self.heard += data
        if not self.greeted and len(self.heard) >= HELLO:
            self.greeted, self.heard = True, self.heard[HELLO:]
            self.front.besides += HELLO
        while self.greeted and len(self.heard) >= FRAME:
            size = FRAME + int.from_bytes(self.heard[:3], "big")
            if len(self.heard) < size:
                return
            self._add(int.from_bytes(self.heard[5:9], "big"), size)
            self.heard = self.heard[size:]

    def _add(self, number: int, size: int) -> None:
        if number in self.open:
            self.open[number].up += size
        elif number:
            self.ups[number] += size
        else:
            self.front.besides += size

    def say(self, exchange: Exchange | None = None) -> None:
        data = self.h2.data_to_send()
        if exchange:
            exchange.down += len(data)
        else:
            self.front.besides += len(data)
        if data and not self.writer.is_closing():
            self.writer.write(data)

    async def answer(self, number: int) -> None:
        head = dict(self.heads[number])
        exchange = Exchange(head[":method"], head[":path"], up=self.ups.pop(number))
        self.open[number] = exchange
        asked = [one for one in self.heads.pop(number) if not one[0].startswith(":")]
        status, headers, body = await asyncio.to_thread(
            self.ask, exchange, head[":authority"], asked, self.bodies.pop(number, b"")
        )
        if number not in self.h2.streams or self.h2.streams[number].closed:
            return  # the browser has left the page meanwhile
        exchange.status = status
        told = [(":status", str(status)), *headers]
        if not self.front.remembers:
            told = [NeverIndexedHeaderTuple(*one) for one in told]
        self.h2.send_headers(number, told, end_stream=not body)
        for at in range(0, len(body), 16384):
            piece = body[at : at + 16384]
            self.h2.send_data(number, piece, end_stream=at + len(piece) == len(body))
        self.say(exchange)
        self.front.exchanges.append(exchange)

    def ask(
        self, exchange: Exchange, host: str, asked: list[tuple[str, str]], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """The answer of the site, over a connection of its own."""
        upstream = http.client.HTTPConnection(self.front.to.removeprefix("http://"), timeout=30)
        upstream.putrequest(
            exchange.method, exchange.path, skip_host=True, skip_accept_encoding=True
        )
        cookies = [value for name, value in asked if name == "cookie"]
        upstream.putheader("Host", host)
        for name, value in [one for one in asked if one[0] != "cookie"]:
            upstream.putheader(name, value)
        if cookies:  # HTTP/2 may send each by itself
            upstream.putheader("Cookie", "; ".join(cookies))
        upstream.endheaders(body or None)
        answer = upstream.getresponse()
        came = [(name.lower(), value) for name, value in answer.getheaders()]
        body = answer.read()
        upstream.close()
        return answer.status, [one for one in came if one[0] not in OF_THE_LINE], body
