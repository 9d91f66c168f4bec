"""The one form that comes from nowhere: exactly as RFC 8058 has it, to that address, or refused."""

import asyncio
from typing import Any

import pytest

from db.models.notices import MailTiming, NoticeKind, NoticeSetting
from tests.browser import HOME
from tests.web.test_origins import TABLE

KEY = "k" * 43
WAY_OUT = f"/unsubscribe/{KEY}/proposal"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_CLICK = b"List-Unsubscribe=One-Click"
PART = b'Content-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click'
BETWEEN = "------a4f0"
IN_PARTS = f"--{BETWEEN}\r\n".encode() + PART + f"\r\n--{BETWEEN}--\r\n".encode()


@pytest.fixture
def sofia(sofia: Any) -> Any:
    sofia.mail_key = KEY
    return sofia


def is_off(db: Any) -> bool:
    db.expire_all()
    off = {"kind": NoticeKind.PROPOSAL, "mail": MailTiming.OFF}
    return db.query(NoticeSetting).filter_by(**off).count() == 1


def send(client: Any, db: Any, path: str, body: bytes, headers: dict[str, str]) -> int:
    db.commit()
    return client.post(path, content=body, headers=headers, follow_redirects=False).status_code


def test_a_provider_ends_the_mails_of_a_kind(client: Any, db: Any, sofia: Any):
    for _ in range(2):
        assert send(client, db, WAY_OUT, ONE_CLICK, FORM) == 200
        assert is_off(db)


def test_a_provider_may_send_it_in_parts(client: Any, db: Any, sofia: Any):
    kind = {"Content-Type": f"multipart/form-data; boundary={BETWEEN}"}
    assert send(client, db, WAY_OUT, IN_PARTS, kind) == 200
    assert is_off(db)


@pytest.mark.parametrize(("headers", "is_ours"), TABLE)
def test_whoever_says_where_it_is_from_must_be_ours(
    client: Any, db: Any, sofia: Any, headers: dict[str, str], is_ours: bool
):
    says = any(name in headers for name in ("Origin", "Sec-Fetch-Site"))
    status = send(client, db, WAY_OUT, ONE_CLICK, FORM | headers)
    assert status == (200 if is_ours or not says else 403)
    assert is_off(db) is (status == 200)


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        (WAY_OUT, b"", FORM),
        (WAY_OUT, b"List-Unsubscribe=One-click", FORM),
        (WAY_OUT, ONE_CLICK + b"&kind=message", FORM),
        (WAY_OUT, ONE_CLICK + b"\r\n", FORM),
        (WAY_OUT, b"x=1&" + ONE_CLICK, FORM),
        (WAY_OUT, b"x" * 70_000, FORM),
        (WAY_OUT, ONE_CLICK, FORM | {"Cookie": "__Host-session=" + "a" * 43}),
        (WAY_OUT, ONE_CLICK, {"Content-Type": "text/plain"}),
        (WAY_OUT, IN_PARTS.replace(b"One", b"Two"), {"Content-Type": "multipart/form-data"}),
        (WAY_OUT, IN_PARTS[:-4] + b"\r\n" + PART, {"Content-Type": "multipart/form-data"}),
        (WAY_OUT + "/", ONE_CLICK, FORM),
        ("/unsubscribe", ONE_CLICK, FORM),
        ("/sign-out", ONE_CLICK, FORM),
        ("/settings/notices", ONE_CLICK, FORM),
    ],
)
def test_anything_else_from_nowhere_is_refused(
    client: Any, db: Any, sofia: Any, path: str, body: bytes, headers: dict[str, str]
):
    assert send(client, db, path, body, headers) in (403, 413, 415)
    assert not is_off(db)


def test_a_body_that_never_ends_is_read_no_further(app: Any):
    asked = sent = 0

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x" * 512, "more_body": True}

    async def out(message: dict[str, Any]) -> None:
        nonlocal sent
        sent = message.get("status", sent)

    scope = {
        "type": "http", "method": "POST", "path": WAY_OUT, "raw_path": WAY_OUT.encode(),
        "query_string": b"", "client": ("198.51.100.7", 1), "headers": [],
    }  # fmt: skip
    asyncio.run(app(scope, receive, out))
    assert (sent, asked) == (403, 3)


def test_who_has_no_such_key_is_told_what_anybody_is_told(client: Any, db: Any, sofia: Any):
    statuses = {
        send(client, db, path, ONE_CLICK, FORM | more)
        for path in (
            WAY_OUT.replace("k", "x"), WAY_OUT.replace("proposal", "conduct"),
            WAY_OUT.replace("proposal", "nothing"),
        )
        for more in ({}, {"Origin": HOME})
    }  # fmt: skip
    assert statuses == {404}
