"""Signing in and out."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookies import SimpleCookie
from time import perf_counter
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher

from app import passwords
from app.actions.sign_ins import SUSPENDED, WRONG
from app.clock import now
from db.models.accounts import Account, AccountStatus
from db.models.attempts import Attempt
from db.models.devices import Device
from db.models.events import Event
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_sign_in
from tests.patience import until

SOFIA = {"email": "sofia@skileez.example", "password": PASSWORD}
DEVICE = "__Host-device"
# Takes a second to compare, so that something can happen meanwhile.
SLOW = PasswordHasher(time_cost=30, memory_cost=46 * 1024, parallelism=1)


def cookie_in(answer, name=COOKIE):
    [cookie] = [
        cookie[name]
        for cookie in map(SimpleCookie, answer.response.headers.get_list("set-cookie"))
        if name in cookie
    ]
    return cookie


# Signing in.


def test_sofia_signs_in(browser, db, sofia):
    answer = browser.get("/sign-in").form("/sign-in").fill(**SOFIA).submit()
    assert answer.leads_to("/dashboard")
    cookie = cookie_in(answer)
    assert re.fullmatch("[A-Za-z0-9_-]{43}", cookie.value)
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    assert (cookie["samesite"], cookie["max-age"]) == ("lax", "")
    sign_in = db.query(SignIn).one()
    assert sign_in.token_hash == hashlib.sha256(cookie.value.encode()).digest()
    assert (sign_in.account_id, sign_in.remember, sign_in.browser) == (sofia.id, False, "Tests/1.0")
    assert sign_in.expires_at - sign_in.created_at == timedelta(hours=24)
    assert db.query(Event).filter_by(name="sign_in.created", actor_id=sofia.id).count() == 1
    assert answer.follow().is_good


def test_her_browser_is_known_from_then_on(browser, db, sofia):
    hers = browser.as_guest()
    assert hers.post("/sign-in", SOFIA | {"password": "not hers"}).is_redisplay
    assert DEVICE not in hers.cookies
    cookie = cookie_in(hers.post("/sign-in", SOFIA), DEVICE)
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    assert (cookie["samesite"], cookie["max-age"]) == ("lax", str(365 * 24 * 60 * 60))
    assert db.query(Device).one().token_hash == hashlib.sha256(cookie.value.encode()).digest()
    hers.post("/sign-out")
    assert hers.cookies == {DEVICE: cookie.value}
    hers.post("/sign-in", SOFIA)
    assert hers.cookies[DEVICE] == cookie.value


def test_sofia_signs_in_as_a_fragment(browser, sofia):
    answer = browser.htmx.post("/sign-in", SOFIA)
    assert answer.headers["HX-Redirect"] == "/dashboard"
    assert cookie_in(answer).value


def test_sofia_is_remembered_when_she_wishes(browser, db, sofia):
    page = browser.get("/sign-in").form("/sign-in").fill(**SOFIA, remember=True)
    assert cookie_in(page.submit())["max-age"] == str(30 * 24 * 60 * 60)
    sign_in = db.query(SignIn).one()
    assert sign_in.remember
    assert sign_in.expires_at - sign_in.created_at == timedelta(days=30)


def test_letter_case_of_the_address_does_not_matter(browser, sofia):
    assert browser.post("/sign-in", SOFIA | {"email": " SOFIA@Skileez.Example "}).leads_to(
        "/dashboard"
    )


@pytest.mark.parametrize("wrong", [
    {"password": "not hers at all"}, {"password": f"{PASSWORD} "}, {"email": "no@skileez.example"},
])  # fmt: skip
def test_every_failure_gets_the_same_sentence(browser, db, sofia, wrong):
    answer = browser.post("/sign-in", SOFIA | wrong | {"next": "/messages", "remember": "yes"})
    assert answer.is_redisplay
    assert answer.one("[role=alert]").get_text(strip=True) == WRONG
    form = answer.form("/sign-in")
    assert form.value("email") == (SOFIA | wrong)["email"]
    assert (form.value("password"), form.value("next"), form.value("remember")) == (
        "", "/messages", "yes",
    )  # fmt: skip
    assert "set-cookie" not in answer.headers
    assert db.query(SignIn).count() == 0
    assert browser.htmx.post("/sign-in", SOFIA | wrong).is_redisplay


@pytest.mark.usefixtures("full_cost")
def test_an_unknown_address_costs_what_a_known_one_costs(browser, sofia):
    sofia.password_hash = passwords.hashed("four quiet green chairs")
    assert not passwords.is_outdated(passwords.NOBODY)
    took = {"sofia": [], "nobody": []}
    for name in ("sofia", "nobody") * 9:
        began = perf_counter()
        browser.post("/sign-in", SOFIA | {"email": f"{name}@skileez.example"})
        took[name].append(perf_counter() - began)
    assert 0.6 < min(took["sofia"]) / min(took["nobody"]) < 1.6


def test_an_empty_form_names_both_fields(browser):
    answer = browser.get("/sign-in").form("/sign-in").submit()
    assert answer.error_of("email") and answer.error_of("password")


def test_suspended_sid_is_told_so_only_with_his_password(browser, db, sid):
    his = {"email": sid.email, "password": PASSWORD}
    answer = browser.post("/sign-in", his)
    assert answer.is_redisplay and answer.says(SUSPENDED)
    assert browser.post("/sign-in", his | {"password": "another one"}).says(WRONG)
    assert db.query(SignIn).count() == 0


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/again"])
def test_nobody_waits_while_a_password_is_compared(
    real_database, browser, database, db, sofia, path
):
    """It changes while it is compared, and does not count for the one it was any more."""
    sofia.password_hash = SLOW.hash(PASSWORD)
    hers = browser.as_(sofia)
    hers.settle()
    sent, number = {"form_key": "k-1", "password": PASSWORD}, sofia.id
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(hers.post, path, SOFIA | sent if path == "/sign-in" else sent)
        until(lambda: tries(database))
        with database.writing() as other:
            other.get(Account, number).password_hash = "another"
        assert not answer.done()
        assert answer.result().says(WRONG)


def tries(database):
    with database.reading() as db:
        return db.query(Attempt).count()


def test_an_outdated_hash_is_made_anew(browser, db, sofia):
    assert passwords.is_outdated(sofia.password_hash)
    browser.post("/sign-in", SOFIA)
    db.refresh(sofia)
    assert passwords.matches(sofia.password_hash, PASSWORD)
    assert not passwords.is_outdated(sofia.password_hash)


@pytest.mark.parametrize(("after", "to"), [
    ("/requests/mine", "/requests/mine"),
    ("/requests?q=a%20b&after=1", "/requests?q=a%20b&after=1"),
    ("//evil.example", "/dashboard"),
    ("/\\evil.example", "/dashboard"),
    ("https://evil.example/", "/dashboard"),
    ("evil.example", "/dashboard"),
    ("javascript:alert(1)", "/dashboard"),
    ("/日本", "/dashboard"),
    ("/sign-out", "/dashboard"),
    ("/sign-out/", "/dashboard"),
    ("/sign%2Dout", "/dashboard"),
    ("/requests/../sign-out", "/dashboard"),
    ("/requests/%2e%2e/sign-out", "/dashboard"),
    ("/settings/sign-ins/end-others", "/dashboard"),
    ("/nowhere", "/dashboard"),
    ("/requests/1\0", "/dashboard"),
    ("/requests/1%00", "/dashboard"),
    ("/requests/1%0a", "/dashboard"),
    ("/requests/%ff", "/requests/%ff"),
    ("/messages\nX: 1", "/dashboard"),
    ("/%5Cevil.example", "/dashboard"),
    ("/.//evil.example", "/dashboard"),
    ("/messages/7#end", "/messages/7#end"),
    ("/" + "x" * 2000, "/dashboard"),
    ("", "/dashboard"),
])  # fmt: skip
def test_next_leads_to_our_own_addresses_only(browser, sofia, after, to):
    answer = browser.post("/sign-in", SOFIA | {"next": after})
    assert answer.is_redisplay if set(after) & set("\0") else answer.headers["location"] == to
    assert browser.as_(sofia).get(f"/sign-in?next={quote(after)}").headers["location"] == to


def test_the_way_back_goes_through_the_form(browser, sofia):
    page = browser.get("/dashboard?from=mail").follow()
    assert page.form("/sign-in").fill(**SOFIA).submit().location == "/dashboard?from=mail"


def test_twenty_browsers_are_enough(browser, db, sofia):
    for number in range(20):
        make_sign_in(db, sofia, created_at=now() - timedelta(days=20 - number))
    oldest = db.query(SignIn).order_by(SignIn.created_at).first().id
    browser.post("/sign-in", SOFIA)
    assert db.query(SignIn).count() == 20
    assert db.get(SignIn, oldest) is None


def test_the_earlier_sign_in_of_this_browser_ends(browser, db, sofia, dora):
    hers = browser.as_(dora)
    earlier = hers.cookies[COOKIE]
    hers.post("/sign-in", SOFIA)
    assert hers.cookies[COOKIE] != earlier
    assert [sign_in.account_id for sign_in in db.query(SignIn)] == [sofia.id]


def test_a_token_that_was_planted_is_never_adopted(browser, db, sofia):
    planted = browser.as_guest()
    planted.cookies[COOKIE] = "A" * 43
    assert planted.get("/dashboard").asks_to_sign_in
    planted.post("/sign-in", SOFIA)
    assert planted.cookies[COOKIE] != "A" * 43


@pytest.mark.parametrize("cookie", [
    "{name}={token}; {name}={token}",
    "{name}=x; {name}={token}",
    "{name}=\"{token}\"",
    "{name}= {token}",
    "{name} ={token}",
    "__host-session={token}",
    "{name}={token}x",
])  # fmt: skip
def test_a_cookie_sent_twice_or_not_exactly_is_a_guest(browser, sofia, cookie):
    hers = browser.as_(sofia)
    assert hers.get("/dashboard").is_good
    header = cookie.format(name=COOKIE, token=hers.cookies[COOKIE])
    assert browser.get("/dashboard", headers={"Cookie": header}).asks_to_sign_in


def test_guests_get_no_cookie_and_no_row(browser, db):
    for path in ("/", "/sign-in", "/sign-up", "/coaches"):
        assert "set-cookie" not in browser.get(path).headers
    assert db.query(SignIn).count() == 0


def test_sofia_is_led_home_when_she_is_signed_in(browser, sofia):
    assert browser.as_(sofia).get("/sign-in").location == "/dashboard"
    assert browser.as_(sofia).get("/sign-in?next=/messages").location == "/messages"


def test_the_cast_is_offered_in_demo_mode_only(browser, sofia, sid):
    assert not browser.get("/sign-in").says("Sofia")


# Signing out.


def test_sofia_signs_out_and_her_token_is_dead(browser, db, sofia):
    hers = browser.as_(sofia)
    token = hers.cookies[COOKIE]
    answer = hers.get("/dashboard").form("/sign-out").submit()
    assert answer.leads_to("/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookie_in(answer)["max-age"] == "0"
    assert COOKIE not in hers.cookies
    assert db.query(SignIn).count() == 0
    hers.cookies[COOKIE] = token
    assert hers.get("/dashboard").asks_to_sign_in


def test_sofia_signs_out_as_a_fragment(browser, sofia):
    answer = browser.as_(sofia).htmx.post("/sign-out")
    assert answer.headers["HX-Redirect"] == "/"


def test_signing_out_ends_this_browser_only(browser, db, sofia):
    make_sign_in(db, sofia)
    browser.as_(sofia).post("/sign-out")
    assert db.query(SignIn).count() == 1


def test_guest_may_sign_out_too(browser):
    assert browser.post("/sign-out").leads_to("/")


def test_suspended_sid_can_sign_out(browser, db, sofia):
    hers = browser.as_(sofia)
    sofia.status = AccountStatus.SUSPENDED
    assert hers.post("/sign-out").leads_to("/")
    assert db.query(SignIn).count() == 0


def test_signing_out_is_a_post(browser, sofia):
    assert browser.as_(sofia).get("/sign-out").status == 405
