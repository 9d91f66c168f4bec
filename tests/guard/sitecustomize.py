"""Loaded by every Python process that a test starts: whoever it tries to reach is written down.

Not by replacing functions, which code may have taken hold of before: CPython announces each
connection and look-up. uvloop, which speaks to the network by itself, announces nothing.
"""

import os
import socket
import sys
from typing import Any

RECORD = os.environ.get("SKILEEZ_TEST_RECORD", "")
# The last is set aside for tests between machines: tests/full/namespaces.py makes some.
NEAR = ("127.", "::1", "::ffff:127.", "localhost", "198.18.")
OWN = ("", "0.0.0.0", "::", socket.gethostname())
LOOKED_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
SENT_TO = ("socket.connect", "socket.sendto", "socket.sendmsg")


def is_near(host: Any) -> bool:
    """Whether this is the machine itself; nothing at all is where servers listen."""
    if isinstance(host, bytes):
        host = host.decode("latin-1")
    return not isinstance(host, str) or host in OWN or host.startswith(NEAR)


def refuse(what: str, host: Any) -> None:
    with open(RECORD, "a", encoding="utf-8") as record:  # noqa: PTH123 - nothing more is loaded
        record.write(f"{what} {host!r}\n")
    raise OSError(f"a test keeps this process from reaching {host!r}")


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in LOOKED_UP and not is_near(arguments[0]):
        refuse(event, arguments[0])
    if event in SENT_TO and isinstance(arguments[1], tuple) and not is_near(arguments[1][0]):
        refuse(event, arguments[1][0])


def watch_uvloop() -> None:
    try:
        import uvloop
    except ImportError:
        return
    for name in ("create_connection", "getaddrinfo"):
        original = getattr(uvloop.Loop, name)

        def guarded(
            self: Any, *given: Any, original: Any = original, name: str = name, **named: Any
        ) -> Any:
            at = 1 if name == "create_connection" else 0
            host = given[at] if len(given) > at else named.get("host")
            if not is_near(host):
                refuse(f"uvloop.{name}", host)
            return original(self, *given, **named)

        setattr(uvloop.Loop, name, guarded)


if RECORD:
    sys.addaudithook(watch)
    watch_uvloop()
