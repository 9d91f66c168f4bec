"""Whatever ends a sign-in elsewhere ends it for the next page there, and for the next poll."""

import pytest

from db.models.mail_tokens import Purpose
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_mail_token, make_message, make_thread

SECRET = "s" * 43
NEW = {"password": "four quiet green chairs"}
LIST = "/settings/sign-ins"


def change_the_password(hers, db, sofia, phone):
    assert hers.post("/settings/password", NEW).leads_to("/settings/password")


def end_the_others(hers, db, sofia, phone):
    assert hers.post(f"{LIST}/end-others").leads_to(LIST)


def end_that_one(hers, db, sofia, phone):
    newest = db.query(SignIn).filter_by(account_id=sofia.id).order_by(SignIn.id.desc()).first()
    assert hers.post(f"{LIST}/{newest.id}/end").leads_to(LIST)


def take_the_address_back(hers, db, sofia, phone):
    make_mail_token(db, sofia, Purpose.RESTORE_EMAIL, SECRET, email="old@skileez.example")
    hers.get(f"/restore-email/{SECRET}")
    assert hers.post("/restore-email").leads_to("/reset-password")


def choose_a_new_password(hers, db, sofia, phone):
    make_mail_token(db, sofia, Purpose.RESET_PASSWORD, SECRET)
    hers.get(f"/reset-password/{SECRET}")
    assert hers.post("/reset-password", NEW).leads_to("/sign-in")


def sign_out(hers, db, sofia, phone):
    hers.cookies[COOKIE] = phone.cookies[COOKIE]  # a copy of what the phone holds
    assert hers.post("/sign-out").leads_to("/")


DEEDS = [
    change_the_password, end_the_others, end_that_one, take_the_address_back,
    choose_a_new_password, sign_out,
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_the_other_browser_is_out_polls_too(browser, db, sofia, carla, deed):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla)
    hers, phone, carlas = browser.as_(sofia), browser.as_guest(), browser.as_(carla)
    phone.post("/sign-in", {"email": sofia.email, "password": PASSWORD})
    poll = f"/messages/{thread.id}/new?after=0"
    assert phone.get("/dashboard").is_good and phone.htmx.get(poll).is_good
    deed(hers, db, sofia, phone)
    assert phone.htmx.get(poll).asks_to_sign_in
    assert phone.get("/dashboard").asks_to_sign_in
    assert phone.get(f"/messages/{thread.id}").asks_to_sign_in
    assert phone.htmx.post(f"/messages/{thread.id}", {"text": "Still here?"}).asks_to_sign_in
    assert carlas.get("/dashboard").is_good and carlas.htmx.get(poll).is_good
