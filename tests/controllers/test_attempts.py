"""How often a password may be tried: by account, by address, by device."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.attempts import Attempt
from db.models.devices import Device
from db.models.sign_ins import SignIn
from tests.factories import PASSWORD, make_account

SOFIA = {"email": "sofia@skileez.example", "password": PASSWORD}
WRONG = SOFIA | {"password": "not her password"}
DEVICE = "__Host-device"
HOME = "192.0.2.1"  # an address of Sofia's; those of others follow


class From:
    """The application, asked from whatever address a test says."""

    def __init__(self, app):
        self.app, self.address = app.app, HOME
        self.site = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            scope["client"] = (self.address, 1)
        await self.site(scope, receive, send)


@pytest.fixture
def app(app):
    return From(app)


@pytest.fixture
def clock():
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture
def guess(browser, app):
    """Sends a wrong password for an address of mail, from an address of the net."""

    def send(email="sofia@skileez.example", address=HOME, password="not hers", times=1):
        app.address = address
        for _ in range(times):
            answer = browser.post("/sign-in", {"email": email, "password": password})
        return answer

    return send


@pytest.fixture
def people(db):
    """Addresses of thirty people, whose passwords are quick to compare."""
    return [make_account(db, email=f"p{number}@skileez.example").email for number in range(31)]


def in_words(answer):
    return answer.one("[role=alert]").get_text(" ", strip=True)


# By account.


@pytest.mark.parametrize("email", ["sofia@skileez.example", "nobody@skileez.example"])
def test_ten_wrong_passwords_and_then_ever_longer_delays(guess, clock, sofia, email):
    assert guess(email, times=10).status == 422
    for minutes in (1, 2, 4, 8, 15, 15):
        answer = guess(email)
        assert (answer.status, answer.headers["Retry-After"]) == (429, str(minutes * 60))
        unit = "minute" if minutes == 1 else "minutes"
        assert in_words(answer) == f"That was too many tries. Try again in {minutes} {unit}."
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        assert guess(email).headers["Retry-After"] == "1"
        clock.shift(timedelta(seconds=1))
        assert guess(email).status == 422


def test_a_limit_says_the_same_of_a_known_and_an_unknown_address(guess, sofia):
    pages = []
    for email in ("sofia@skileez.example", "nobody@skileez.example"):
        answer = guess(email, times=11, address=f"198.51.100.{len(pages)}")
        assert answer.status == 429
        headers = {**answer.headers, "x-request-id": "", "retry-after": ""}
        pages.append((answer.text.replace(email, ""), {**headers, "content-length": ""}))
    assert pages[0] == pages[1]


def test_the_form_keeps_the_address_and_never_the_password(guess, sofia):
    answer = guess(times=11)
    form = answer.form("/sign-in")
    assert (form.value("email"), form.value("password")) == ("sofia@skileez.example", "")
    assert "set-cookie" not in answer.headers


def test_as_a_fragment_it_is_a_notice(guess, browser, sofia):
    guess(times=10)
    answer = browser.htmx.post("/sign-in", WRONG)
    assert answer.status == 429 and answer.headers["Retry-After"]
    assert answer.has("hx-partial") and answer.says("Try again in 1 minute.")
    assert PASSWORD not in answer.text and "sofia@" not in answer.text


def test_the_right_password_is_refused_alike_meanwhile(guess, browser, db, clock, sofia):
    guess(times=10)
    answer = browser.post("/sign-in", SOFIA)
    assert answer.status == 429
    assert db.query(SignIn).count() == 0
    clock.shift(timedelta(minutes=1))
    assert browser.post("/sign-in", SOFIA).leads_to("/dashboard")


def test_a_right_password_wipes_the_slate(guess, browser, db, sofia):
    guess(times=9)
    assert browser.post("/sign-in", SOFIA).leads_to("/dashboard")
    assert {attempt.key for attempt in db.query(Attempt)} == {f"address:{HOME}"}
    assert db.query(Attempt).count() == 9
    assert guess(times=10).status == 422
    assert guess().status == 429


def test_nine_wrong_ones_a_quarter_of_an_hour_are_never_refused(guess, clock, sofia):
    for _ in range(4):
        assert guess(times=9).status == 422
        clock.shift(timedelta(minutes=15))


def test_after_a_quiet_hour_it_begins_anew(guess, clock, sofia):
    guess(times=10)
    clock.shift(timedelta(minutes=61))
    assert guess(times=10).status == 422
    assert guess().headers["Retry-After"] == "60"


@pytest.mark.parametrize("spelling", [
    "SOFIA@skileez.example", " sofia@skileez.example ", "Sofia@Skileez.Example",
])  # fmt: skip
def test_another_spelling_is_the_same_account(guess, sofia, spelling):
    guess(times=5)
    guess(spelling, times=5)
    assert guess().status == guess(spelling).status == 429


def test_sams_account_is_another(guess, sofia, sam):
    guess(times=10)
    assert guess(sam.email).status == 422


def test_forty_at_once_are_ten(real_database, app, browser, db, sofia):
    def send(number):
        return browser.as_guest().post("/sign-in", WRONG).status

    browser.settle()
    browser.settle = lambda: None
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(send, range(40)))
    assert statuses.count(422) <= 10
    assert set(statuses) <= {422, 429, 503}
    assert db.query(Attempt).filter(Attempt.key.startswith("account:")).count() <= 10


# By address.


@pytest.mark.parametrize("addresses", [
    ["203.0.113.9"],
    ["203.0.113.9", "::ffff:203.0.113.9", "::ffff:cb00:7109"],
    ["2001:db8:1:2::1", "2001:db8:1:2:ffff::7", "2001:db8:1:2:a:b:c:d"],
    ["fe80::1%eth0", "fe80::2%wlan1"],
    ["not an address", ""],
])  # fmt: skip
def test_thirty_wrong_ones_from_one_address(guess, people, addresses):
    for number in range(30):
        assert guess(people[number], addresses[number % len(addresses)]).status == 422
    for address in addresses:
        answer = guess(people[30], address)
        assert answer.status == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60


@pytest.mark.parametrize(("one", "other"), [
    ("203.0.113.9", "203.0.113.10"), ("2001:db8:1:2::1", "2001:db8:1:3::1"),
])  # fmt: skip
def test_another_address_is_another(guess, people, one, other):
    for email in people[:30]:
        guess(email, one)
    assert guess(people[30], one).status == 429
    assert guess(people[30], other).status == 422


def test_the_first_thirty_are_forgotten_after_a_quarter_of_an_hour(guess, clock, people):
    for email in people[:30]:
        guess(email)
    clock.shift(timedelta(minutes=14, seconds=59))
    assert guess(people[30]).status == 429
    clock.shift(timedelta(seconds=1))
    assert guess(people[30]).status == 422


def test_what_a_stranger_says_in_headers_is_no_address(guess, browser, people, sofia):
    for email in people[:30]:
        guess(email)
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"):
        headers = {name: "for=203.0.113.77" if name == "Forwarded" else "203.0.113.77"}
        assert browser.post("/sign-in", WRONG, headers=headers).status == 429


def test_right_passwords_do_not_count_against_an_address(browser, db, sofia):
    for _ in range(3):
        browser.as_guest().post("/sign-in", SOFIA)
    assert db.query(Attempt).count() == 0


# By device.


def test_sofia_gets_in_from_her_device_while_others_guess(guess, browser, db, app, sofia):
    hers = browser.as_guest()
    hers.post("/sign-in", SOFIA)
    hers.post("/sign-out")
    assert DEVICE in hers.cookies
    assert guess(times=11, address="203.0.113.9").status == 429
    app.address = HOME
    assert browser.as_guest().post("/sign-in", SOFIA).status == 429
    assert hers.post("/sign-in", WRONG).status == 422
    assert hers.post("/sign-in", SOFIA).leads_to("/dashboard")


def test_a_device_has_ten_tries_of_its_own(guess, browser, clock, sofia):
    hers = browser.as_guest()
    hers.post("/sign-in", SOFIA)
    hers.post("/sign-out")
    for _ in range(10):
        assert hers.post("/sign-in", WRONG).status == 422
    answer = hers.post("/sign-in", SOFIA)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "900")
    assert guess(address="203.0.113.9").status == 422
    clock.shift(timedelta(minutes=15))
    assert hers.post("/sign-in", SOFIA).leads_to("/dashboard")


@pytest.mark.parametrize("kind", ["unknown", "sams", "doubled", "longer", "quoted", "outlived"])
def test_no_other_cookie_is_sofias_device(guess, browser, db, sofia, sam, kind):
    hers, sams = browser.as_guest(), browser.as_guest()
    hers.post("/sign-in", SOFIA)
    sams.post("/sign-in", SOFIA | {"email": sam.email})
    own = hers.cookies[DEVICE]
    if kind == "outlived":
        db.query(Device).filter_by(account_id=sofia.id).one().seen_at = now() - timedelta(days=365)
    guess(times=10, address="203.0.113.9")
    cookie = {
        "unknown": f"{DEVICE}={'A' * 43}", "sams": f"{DEVICE}={sams.cookies[DEVICE]}",
        "doubled": f"{DEVICE}={own}; {DEVICE}={own}", "longer": f"{DEVICE}={own}A",
        "quoted": f'{DEVICE}="{own}"', "outlived": f"{DEVICE}={own}",
    }[kind]  # fmt: skip
    answer = browser.post("/sign-in", SOFIA, headers={"Cookie": cookie})
    assert answer.status == 429


def test_a_signed_in_person_is_counted_alike(guess, browser, sofia):
    hers = browser.as_(sofia)
    for _ in range(10):
        answer = hers.post("/sign-in/again", {"password": "not hers"})
        assert answer.is_redisplay and answer.error_of("password") == "This is not your password."
    assert hers.post("/sign-in/again", {"password": PASSWORD}).status == 429
    assert guess().status == 429


# What is written down.


def test_each_refusal_is_one_line_that_gives_nobody_away(guess, browser, caplog, sofia):
    with caplog.at_level(logging.INFO, "skileez.security"):
        guess(address="203.0.113.9", times=11)
        guess("nobody@skileez.example", address="2001:db8:1:2::3")
    lines = [json.loads(record.message) for record in caplog.records]
    assert [line["event"] for line in lines] == [
        *["sign_in.refused"] * 10, "attempts.limited", "sign_in.refused",
    ]  # fmt: skip
    assert {line["account"] for line in lines[:11]} == {sofia.id}
    assert lines[0]["network"] == "203.0.113.0/24" and lines[0]["why"] == "wrong"
    assert (lines[-1]["account"], lines[-1]["network"]) == (None, "2001:db8:1::/48")
    assert all(line["request"] and line["at"].endswith("+00:00") for line in lines)
    assert "@" not in caplog.text and "not hers" not in caplog.text and "113.9" not in caplog.text
