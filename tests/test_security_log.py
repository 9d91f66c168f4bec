"""What bears on the safety of accounts is written once, and only when it was done."""

import json
import logging

import pytest

from app.events import record
from app.security_log import log, speak_for_itself
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_sign_in

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


def test_a_deed_is_one_line(browser, lines, sofia):
    hers = browser.as_guest()
    hers.post("/sign-in", SOFIA)
    assert events(lines) == [("sign_in.created", sofia.id)]
    hers.post("/sign-in/again", {"password": PASSWORD})
    assert events(lines) == [("sign_in.proved", sofia.id)]
    hers.post("/settings/sign-ins/end-others")
    assert events(lines) == [("sign_in.ended_others", sofia.id)]
    hers.post("/sign-out")
    [line] = lines()
    assert (line["event"], line["account"]) == ("sign_in.destroyed", sofia.id)
    assert line["request"] and line["at"].endswith("+00:00")


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
