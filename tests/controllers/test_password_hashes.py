"""The hash that is stored is the strong one, whichever way a password came in."""

import pytest

from app import passwords
from db.models.accounts import Account
from db.models.mail_tokens import Purpose
from tests.factories import PASSWORD, PASSWORD_HASH, make_mail_token

pytestmark = pytest.mark.usefixtures("full_cost")
STRONG = "$argon2id$v=19$m=47104,t=2,p=1$"
NEW, SECRET = "four quiet green chairs", "s" * 43
JOIN = {
    "first_name": "Ruth", "last_name": "Achieng", "email": "ruth@skileez.example",
    "password": NEW, "intent": "learn", "adult": "yes",
}  # fmt: skip


def sign_up(browser, db, sofia):
    assert browser.post("/sign-up", JOIN).leads_to("/sign-in")
    return db.query(Account).filter_by(email=JOIN["email"]).one(), NEW


def reset(browser, db, sofia):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET)
    browser.get(f"/reset-password/{SECRET}")
    assert browser.post("/reset-password", {"password": NEW}).leads_to("/sign-in")
    return sofia, NEW


def change(browser, db, sofia):
    hers = browser.as_(sofia)
    assert hers.post("/settings/password", {"password": NEW}).leads_to("/settings/password")
    return sofia, NEW


def sign_in(browser, db, sofia):
    sent = {"email": sofia.email, "password": PASSWORD}
    assert browser.post("/sign-in", sent).leads_to("/dashboard")
    return sofia, PASSWORD


def sign_in_again(browser, db, sofia):
    hers = browser.as_(sofia)
    assert hers.post("/sign-in/again", {"password": PASSWORD}).leads_to("/dashboard")
    return sofia, PASSWORD


@pytest.mark.parametrize("deed", [sign_up, reset, change, sign_in, sign_in_again])
def test_what_is_stored_is_strong(browser, db, sofia, deed):
    assert not sofia.password_hash.startswith(STRONG)
    account, password = deed(browser, db, sofia)
    db.refresh(account)
    assert account.password_hash.startswith(STRONG)
    assert passwords.matches(account.password_hash, password)
    assert not passwords.is_outdated(account.password_hash)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/again"])
def test_a_wrong_password_makes_no_hash_anew(browser, db, sofia, path):
    sent = {"password": "not her password"}
    asking = browser.as_(sofia) if path.endswith("again") else browser
    answer = asking.post(path, sent | ({} if path.endswith("again") else {"email": sofia.email}))
    assert answer.is_redisplay
    db.refresh(sofia)
    assert sofia.password_hash == PASSWORD_HASH


def test_a_strong_one_is_left_as_it_is(browser, db, sofia):
    sofia.password_hash = before = passwords.hashed(PASSWORD)
    sign_in(browser, db, sofia)
    sign_in_again(browser, db, sofia)
    db.refresh(sofia)
    assert sofia.password_hash == before
