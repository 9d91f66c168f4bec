"""Whoever has a copy of the database has no cookie that does anything."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.tokens import TOKEN
from db.base import Base
from db.models.mail_tokens import Purpose
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_mail, make_mail_token, make_message, make_thread
from tests.tables import rows

COOKIES = (COOKIE, "__Host-device", "__Host-flow", "__Host-parked")
ASKED_FOR = {
    "/confirm-email": Purpose.CONFIRM_EMAIL, "/restore-email": Purpose.RESTORE_EMAIL,
    "/reset-password": Purpose.RESET_PASSWORD,
}  # fmt: skip
DOORS = ("/settings", "/sign-in", *ASKED_FOR)
SIGN_IN = {"email": "sofia@skileez.example", "password": PASSWORD}
RANDOM = re.compile(r'name="form_key" value="[^"]*"|\b[0-9a-f]{12}\b')


def values(db: Any) -> Iterator[bytes]:
    """Every text and every run of bytes that is stored, also inside of JSON."""
    for table in Base.metadata.sorted_tables:
        for row in db.execute(select(table)):
            for value in row:
                yield from inside(value)


def inside(value: Any) -> Iterator[bytes]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from inside(one)
    elif isinstance(value, (bytes, str)) and value:
        yield value.encode() if isinstance(value, str) else value


def hashes(db: Any) -> dict[str, set[bytes]]:
    """The hashes of tokens by their table, spelled as a token is."""
    return {
        table.name: {
            base64.urlsafe_b64encode(found).rstrip(b"=")
            for found in db.scalars(select(table.c.token_hash))
            if found
        }
        for table in Base.metadata.sorted_tables
        if "token_hash" in table.c
    }


def spelled(value: bytes) -> set[bytes]:
    """As it could be planted in a cookie."""
    coded = base64.urlsafe_b64encode(value)
    return {value, value.hex().encode(), coded, coded.rstrip(b"=")}


def asked(browser: Any, path: str, cookies: bytes) -> tuple[int, str, str]:
    """The bare answer without what is random in it."""
    answer = browser.client.get(path, headers={b"Cookie": cookies}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", ""), RANDOM.sub("", answer.text)


@pytest.fixture
def everything(browser, db, sofia, carla):
    """A database in which all that a cookie could be about is alive."""
    hers = browser.as_guest()
    assert hers.post("/sign-in", SIGN_IN | {"remember": "yes"}).leads_to("/dashboard")
    for number, purpose in enumerate(Purpose):
        make_mail_token(db, sofia, purpose, str(number) * 43)
    make_mail(db, sofia, detail={"new_email": "new@skileez.example", "at": "9:00"})
    make_message(db, make_thread(db, sofia, carla), carla)
    parking = browser.as_guest()
    assert parking.post("/requests", {"title": "Small talk"}).location.startswith("/sign-in?next=")
    for _ in range(10):
        browser.as_guest().post("/sign-in", SIGN_IN | {"password": "not hers"})
    return hers, parking


def own(hers: Any, parked: bytes = b"") -> bytes:
    """The cookies of Sofia's browser, and perhaps what it has parked."""
    return f"{COOKIE}={hers.cookies[COOKIE]}; __Host-parked=".encode() + parked


def test_each_cookie_works_when_it_is_the_browsers_own(browser, everything):
    hers, parking = everything
    assert hers.get("/settings").is_good
    there = asked(browser, "/parked-form", own(hers, parking.cookies["__Host-parked"].encode()))
    assert there != asked(browser, "/parked-form", own(hers))
    for path, purpose in ASKED_FOR.items():
        flow = b"__Host-flow=" + str(list(Purpose).index(purpose)).encode() * 43
        assert f'action="{path}"' in asked(browser, path, flow)[2], path
    device = {"Cookie": f"__Host-device={hers.cookies['__Host-device']}"}
    assert browser.post("/sign-in", SIGN_IN, device).leads_to("/dashboard")


def test_nothing_that_is_stored_opens_anything_as_a_cookie(browser, db, everything):
    hers, _ = everything
    planted = sorted(set().union(*map(spelled, values(db))))
    # Of all that is stored only hashes look like a token, and of each kind there is one.
    kinds = hashes(db)
    assert {value for value in planted if looks_right(value)} == set().union(*kinds.values())
    assert set(kinds) == {"devices", "mail_tokens", "parked_forms", "sign_ins"}
    assert all(kinds.values())
    # What is no token is not looked at; an invented one opens nothing, and some pages say so.
    nothing = {
        right: {path: asked(browser, path, carried(invented)) for path in DOORS}
        for right, invented in ((False, b"-"), (True, b"A" * 43))
    }
    no_form, before = asked(browser, "/parked-form", own(hers)), rows(db)
    assert no_form[0] == 200 and nothing[True]["/settings"][0] == 303
    for value in planted:
        for path in DOORS:
            wanted = nothing[looks_right(value)][path]
            assert asked(browser, path, carried(value)) == wanted, (path, value)
        assert asked(browser, "/parked-form", own(hers, value)) == no_form, value
        headers = {b"Cookie": carried(value), b"Sec-Fetch-Site": b"same-origin"}
        refused = browser.client.post("/sign-in", data=SIGN_IN, headers=headers)
        assert refused.status_code == 429, value
    assert rows(db) == before


def carried(value: bytes) -> bytes:
    return b"; ".join(name.encode() + b"=" + value for name in COOKIES)


def looks_right(value: bytes) -> bool:
    return bool(TOKEN.fullmatch(value.decode("latin-1")))
