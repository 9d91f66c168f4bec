"""What comes in: no more than allowed, and one form that no page of ours has sent.

Mail providers end mails for their people (RFC 8058) by a request that says neither Origin nor
Sec-Fetch-Site and carries no cookie. What browsers send for other sites says at least one.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from app.errors import TooLarge
from app.web.outgoing import Message, Scope

Receive: TypeAlias = Callable[[], Awaitable[Message]]

FORM = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data"
SAID = (b"origin", b"sec-fetch-site", b"cookie")
WAY_OUT = re.compile(r"/unsubscribe/[A-Za-z0-9_-]{43}/[a-z]{1,20}", re.ASCII)
ONE_CLICK = b"List-Unsubscribe=One-Click"
IN_PARTS = re.compile(
    rb"--(?P<between>[!-~ ]{1,70})\r\n"
    rb'Content-Disposition: form-data; name="?List-Unsubscribe"?\r\n(?:[!-9;-~]+:[ -~]*\r\n)*'
    rb"\r\nOne-Click\r\n--(?P=between)--(?:\r\n)?",
    re.IGNORECASE,
)
LONGEST = 1024


def comes_from_a_provider(scope: Scope) -> bool:
    """Whether this may be such a request: only its body can tell."""
    if scope["method"] != "POST" or not WAY_OUT.fullmatch(scope["path"]):
        return False
    return not any(name in SAID for name, _ in scope["headers"])


async def one_click(scope: Scope, receive: Receive) -> Receive | None:
    """The request as our own page would have sent it; None when its body is anything else."""
    body, more = b"", True
    while more and len(body) <= LONGEST:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if more or not (body == ONE_CLICK or IN_PARTS.fullmatch(body)):
        return None
    kept = [pair for pair in scope["headers"] if not pair[0].startswith(b"content-")]
    scope["headers"] = [*kept, (b"content-type", FORM)]
    sent: list[Message] = [{"type": "http.request", "body": ONE_CLICK, "more_body": False}]

    async def again() -> Message:
        return sent.pop() if sent else await receive()

    return again


def bounded(receive: Receive, largest: int) -> Receive:
    """A body that ends with TooLarge when more arrives than is allowed, whatever was announced."""
    arrived = 0

    async def bound() -> Message:
        nonlocal arrived
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > largest:
            raise TooLarge(largest)
        return message

    return bound
