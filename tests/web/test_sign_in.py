"""The sign-in cookie is read byte by byte: whatever a browser of ours never sends is a guest."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.clock import now
from app.main import create_app
from app.web.sign_in import cookie_of, token_of
from db.models.accounts import AccountStatus
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.web.probe import Probe

TOKEN = "t" * 43  # what a cookie is told from in the table; replaced by Sofia's own
OTHER = "o" * 43

SOFIA = [
    f"{COOKIE}={TOKEN}",
    f"seen=1; {COOKIE}={TOKEN}",
    f"{COOKIE}={TOKEN}; seen=1",
    f"a={COOKIE}; {COOKIE}={TOKEN}",
    f"{COOKIE}2={OTHER}; {COOKIE}={TOKEN}",
    f"{COOKIE} ={OTHER}; {COOKIE}={TOKEN}",  # what is planted beside it changes nothing
    f'"{COOKIE}"={OTHER}; {COOKIE}={TOKEN}',
    f"={COOKIE}; {COOKIE}={TOKEN}",
]
GUEST = [
    "",
    COOKIE,
    f"{COOKIE}=",
    f"{COOKIE}={TOKEN}; {COOKIE}={TOKEN}",
    f"{COOKIE}={TOKEN}; {COOKIE}={OTHER}",
    f"{COOKIE}={OTHER}; {COOKIE}={TOKEN}",
    f"{COOKIE}={TOKEN}; {COOKIE}=",
    f'{COOKIE}="{TOKEN}"',
    f'"{COOKIE}"={TOKEN}',
    f"{COOKIE}= {TOKEN}",
    f"{COOKIE} ={TOKEN}",
    f"{COOKIE}={TOKEN} x",
    f"{COOKIE}=\t{TOKEN}",
    f"seen=1;{COOKIE}={TOKEN}",
    f"seen=1;  {COOKIE}={TOKEN}",
    f"seen=1, {COOKIE}={TOKEN}",
    f"{COOKIE.lower()}={TOKEN}",
    f"{COOKIE.upper()}={TOKEN}",
    f"__host-session={TOKEN}",
    f"__Secure-session={TOKEN}",
    f"session={TOKEN}",
    f"__Host-session2={TOKEN}",
    f"_{COOKIE}={TOKEN}",
    f"{COOKIE}%3D{TOKEN}",
    f"__Host%2Dsession={TOKEN}",
    f"{COOKIE}={TOKEN};",
    f"{COOKIE}={TOKEN}=",
    f"{COOKIE}={TOKEN[:-1]}",
    f"{COOKIE}={TOKEN}t",
    f"{COOKIE}={TOKEN[:-1]}.",
    f"{COOKIE}={TOKEN[:-1]}é",
    f"{COOKIE}={OTHER}",
]


@pytest.fixture
def app(settings: Any, database: Any) -> Any:
    return create_app(settings, database, [Probe])


@pytest.fixture
def who(browser, sofia) -> Any:
    """Asks with exactly these cookie headers and says whether it was Sofia who asked."""
    own = browser.as_(sofia).cookies[COOKIE]

    def ask(cookie: str) -> bool:
        headers = [(b"cookie", cookie.replace(TOKEN, own).encode("latin-1"))]
        browser.settle()
        answer = browser.client.get("/probe/hello", headers=headers, follow_redirects=False)
        assert answer.status_code in (200, 303)
        return "Sofia" in answer.text

    return ask


@pytest.mark.parametrize("cookie", SOFIA)
def test_sofias_cookie_is_sofia(who, cookie):
    assert who(cookie)


@pytest.mark.parametrize("cookie", GUEST)
def test_any_other_is_a_guest(who, cookie):
    assert not who(cookie)


def test_cookies_may_come_in_several_headers_but_each_once():
    def token(*cookies: str) -> str:
        return token_of({"headers": [(b"cookie", cookie.encode()) for cookie in cookies]})

    assert token("seen=1", f"{COOKIE}={TOKEN}") == TOKEN
    assert token(f"{COOKIE}={TOKEN}", f"{COOKIE}={TOKEN}") == ""
    assert token(f"{COOKIE}={TOKEN}", f"{COOKIE}={OTHER}") == ""


@pytest.mark.parametrize("value", [b"\xff", b"a\x00b", b"", b"x" * 5000])
def test_bytes_of_no_cookie_are_no_token(value: bytes):
    scope = {"headers": [(b"cookie", COOKIE.encode() + b"=" + value)]}
    assert token_of(scope) == ""
    assert isinstance(cookie_of(scope, COOKIE), str)


def test_rights_are_read_afresh(browser, sofia, db):
    sofias = browser.as_(sofia)
    assert sofias.send("GET", "/probe/hello").says("Hello, Sofia.")
    sofia.status = AccountStatus.SUSPENDED
    assert sofias.send("GET", "/probe/hello").asks_to_sign_in
    sofia.status = AccountStatus.ACTIVE
    assert sofias.send("GET", "/probe/hello").says("Hello, Sofia.")


@pytest.mark.parametrize(
    ("column", "ago"), [("expires_at", timedelta(0)), ("seen_at", timedelta(days=15))]
)
def test_an_outlived_sign_in_is_a_guest(browser, sofia, db, column, ago):
    sofias = browser.as_(sofia)
    [sign_in] = db.scalars(select(SignIn))
    setattr(sign_in, column, now() - ago)
    assert sofias.send("GET", "/probe/hello").asks_to_sign_in
