"""What bears on the safety of accounts is written once, and only when it was done."""

import json
import logging

import pytest

from app.events import record
from app.security_log import RECORDED, log, speak_for_itself
from db.models.events import Event
from db.models.mail_tokens import Purpose
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_mail_token, make_sign_in

SOFIA = {"email": "sofia@skileez.example", "password": PASSWORD}


@pytest.fixture
def lines(caplog):
    """The lines written since it was last asked."""
    caplog.set_level(logging.INFO, "skileez.security")

    def read():
        said = [one for one in caplog.records if one.name == "skileez.security"]
        caplog.clear()
        return [json.loads(one.message) for one in said]

    return read


def events(lines):
    return [(line["event"], line["account"]) for line in lines()]


def test_a_deed_is_one_line(browser, lines, db, sofia):
    hers = browser.as_guest()
    hers.post("/sign-in", SOFIA)
    assert events(lines) == [("sign_in.created", sofia.id)]
    hers.post("/sign-in/again", {"password": PASSWORD})
    assert events(lines) == [("sign_in.proved", sofia.id)]
    make_sign_in(db, sofia)
    hers.post("/settings/sign-ins/end-others")
    assert events(lines) == [("sign_in.ended_others", sofia.id)]
    hers.post("/sign-out")
    [line] = lines()
    assert (line["event"], line["account"]) == ("sign_in.destroyed", sofia.id)
    assert line["request"] and line["at"].endswith("+00:00")


# Each recorded deed: where its page is, the form on it, what is typed, and what else there must be.
SECRET = "s" * 43
NEW = {"password": "four quiet green chairs"}
LIST = "/settings/sign-ins"
DEEDS = {
    "sign_in.created": ("/sign-in", "/sign-in", SOFIA, None),
    "sign_in.proved": ("/sign-in/again", "/sign-in/again", {"password": PASSWORD}, None),
    "sign_in.destroyed": ("/dashboard", "/sign-out", {}, None),
    "sign_in.ended": (LIST, f"{LIST}/{{other}}/end", {}, None),
    "sign_in.ended_others": (LIST, f"{LIST}/end-others", {}, None),
    "password.changed": ("/settings/password", "/settings/password", NEW, None),
    "password.reset": ("/reset-password", "/reset-password", NEW, Purpose.RESET_PASSWORD),
    "email.confirmed": ("/confirm-email", "/confirm-email", {}, Purpose.CONFIRM_EMAIL),
    "email.changed": ("/confirm-email", "/confirm-email", {}, Purpose.CHANGE_EMAIL),
    "email.restored": ("/restore-email", "/restore-email", {}, Purpose.RESTORE_EMAIL),
}
# What is done to an account by others: tests/controllers/reports, tests/test_staff_command.py.
BY_STAFF = {"account.appointed", "account.warned", "account.suspended", "account.restored"}
OTHER_ADDRESS = {
    Purpose.CHANGE_EMAIL: "new@skileez.example",
    Purpose.RESTORE_EMAIL: "old@x.example",
}


def test_every_recorded_deed_is_done_below():
    assert set(DEEDS) | BY_STAFF == RECORDED


@pytest.mark.parametrize("way", ["plain", "htmx"])
@pytest.mark.parametrize("name", sorted(DEEDS))
def test_a_form_sent_twice_is_one_line(browser, lines, db, sofia, name, way):
    page, action, typed, purpose = DEEDS[name]
    hers = browser.as_guest() if name == "sign_in.created" else browser.as_(sofia)
    other = make_sign_in(db, sofia).id
    if purpose:
        email = OTHER_ADDRESS.get(purpose, sofia.email)
        make_mail_token(db, sofia, purpose, SECRET, email=email)
        hers.get(f"{page}/{SECRET}")
    form = hers.get(page).form(action.format(other=other)).fill(**typed)
    before = dict(hers.cookies)
    form.submit(htmx=way == "htmx")
    assert events(lines) == [(name, sofia.id)]
    hers.cookies = before  # pressed again before the first answer was there
    form.submit(htmx=way == "htmx")
    # Whoever signs in twice has two sign-ins; all else was done already.
    assert events(lines) == ([(name, sofia.id)] if name == "sign_in.created" else [])
    assert db.query(Event).filter_by(name=name).count() == 1 + (name == "sign_in.created")


def test_suspended_sid_is_refused_in_one_line(browser, lines, sid):
    browser.post("/sign-in", {"email": sid.email, "password": PASSWORD})
    [line] = lines()
    assert (line["event"], line["account"], line["why"]) == ("sign_in.refused", sid.id, "suspended")


def test_what_is_rolled_back_is_not_written(database, lines, db, sofia, viewer):
    sign_in = make_sign_in(db, sofia)
    db.commit()
    with database.session(write=True) as other:
        record(other, "sign_in.ended", by=viewer(sofia), subject=sign_in)
        other.rollback()
        assert events(lines) == []
        with pytest.raises(ZeroDivisionError), other.begin_nested():
            record(other, "sign_in.ended", by=viewer(sofia), subject=sign_in)
            raise ZeroDivisionError
        with other.begin_nested():
            record(other, "sign_in.proved", by=viewer(sofia), subject=sign_in)
        assert events(lines) == []
        other.commit()
        assert events(lines) == [("sign_in.proved", sofia.id)]
        other.commit()
        assert events(lines) == []


def test_what_became_of_a_mail_is_told_of_its_account(lines, db, sofia):
    record(db, "password.reset", by=None, subject=sofia)
    db.commit()
    assert events(lines) == [("password.reset", sofia.id)]


def test_other_history_is_not_written(browser, lines, dora):
    browser.as_(dora).post("/role", {"role": "coach"})
    assert events(lines) == []


@pytest.mark.parametrize("cookie", ["{name}={token}; {name}={token}", "{name}=planted"])
def test_a_planted_cookie_is_one_line(browser, lines, sofia, cookie):
    token = browser.as_(sofia).cookies[COOKIE]
    header = {"Cookie": cookie.format(name=COOKIE, token=token)}
    for path in ("/sign-in", "/coaches"):
        browser.get(path, headers=header)
        [line] = lines()
        assert (line["event"], line["cookie"]) == ("cookie.refused", COOKIE)
        assert token not in json.dumps(line)


def test_a_form_from_elsewhere_is_one_line(browser, lines, db, sofia):
    sent = browser.post("/sign-in", SOFIA, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.is_not_allowed
    assert events(lines) == [("cross_origin.refused", None)]
    assert db.query(SignIn).count() == 0


def test_the_lines_stand_alone(capfd):
    before = log.handlers, log.level, log.propagate
    try:
        speak_for_itself()
        log.info('{"event": "x"}')
        assert capfd.readouterr().err == '{"event": "x"}\n'
    finally:
        log.handlers, log.level, log.propagate = before
