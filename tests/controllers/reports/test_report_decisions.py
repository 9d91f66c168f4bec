"""Mina and Ada decide, Sofia learns why, and nothing is decided twice."""

import json
import logging

import pytest

from app.actions.reports import HIDDEN
from db.models.accounts import AccountStatus, StaffRole
from db.models.events import Event
from db.models.messages import Message
from db.models.notices import Notice, NoticeKind
from db.models.reports import Report, ReportOutcome, ReportStatus
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from tests.factories import (
    PASSWORD,
    make_copy,
    make_message,
    make_report,
    make_request,
    make_thread,
)
from tests.mailbox import mailbox

__all__ = ["mailbox"]

REASON = {"reason": "Nobody here is called names.\n\nWrite to people as you would speak to them."}
DEEDS = {
    "warn": REASON,
    "hide": REASON | {"number": "3"},
    "suspend": REASON,
    "dismiss": {},
}
OUTCOMES = {
    "warn": ReportOutcome.WARNED,
    "hide": ReportOutcome.HIDDEN,
    "suspend": ReportOutcome.SUSPENDED,
    "dismiss": ReportOutcome.NOTHING,
}


@pytest.fixture
def report(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    said = [(sofia, "Would Thursday suit you?"), (carla, "At six."), (sofia, "You are a fool.")]
    for who, text in said:
        make_message(db, thread, who, text)
    copy = make_copy(*((n, *one) for n, one in enumerate(said, 1)), reporter=carla)
    return make_report(db, thread, carla, copy=copy)


def here(report, deed=""):
    return f"/admin/reports/{report.id}/{deed}".rstrip("/")


def names(db):
    found = [event.name for event in db.query(Event).order_by(Event.id)]
    return [name for name in found if name != "report.looked_at"]


def told(db):
    return [(one.account_id, one.name, one.kind) for one in db.query(Notice).order_by(Notice.id)]


def test_sofia_is_warned_and_reads_why(browser, db, mailbox, report, sofia, carla, mina):
    page = browser.as_(mina).get(here(report)).form("warn").fill(**REASON).submit()
    assert page.location == "/admin/reports"
    assert page.follow().says("Sofia Mwangi is warned. We have written a mail.")
    assert names(db) == ["account.warned"]
    event = db.query(Event).filter_by(name="account.warned").one()
    assert (event.actor_id, event.subject_id) == (mina.id, sofia.id)
    closed = db.get_one(Report, report.id)
    assert (closed.status, closed.outcome) == (ReportStatus.CLOSED, ReportOutcome.WARNED)
    assert (closed.decided_by_id, closed.decision) == (mina.id, REASON["reason"])
    assert told(db) == [(sofia.id, "account_warned", NoticeKind.CONDUCT)]
    [letter] = mailbox.letters()
    assert letter.to == sofia.email and "Nobody here is called names." in letter.text
    assert "Carla" not in letter.text and f"/messages/{report.thread_id}" not in letter.text
    assert browser.as_(sofia).get("/notices").says("Nobody here is called names.")
    assert not browser.as_(sofia).get("/notices").says("Carla")


def test_a_message_is_hidden_from_both_and_the_inbox(
    browser, db, mailbox, report, sofia, carla, mina
):
    form = browser.as_(mina).get(here(report)).form("hide").fill(**DEEDS["hide"])
    assert form.submit().status == 303
    message = db.query(Message).filter_by(number=3).one()
    assert message.hidden_at and message.text == "You are a fool."
    assert db.get_one(Thread, report.thread_id).last_text == HIDDEN
    assert names(db) == ["message.hidden"]
    for person in (sofia, carla):
        for path in ("/messages", f"/messages/{report.thread_id}"):
            assert not browser.as_(person).get(path).says("You are a fool."), path
    [letter] = mailbox.letters()
    assert letter.to == sofia.email and "Nobody here is called names." in letter.text
    assert "Carla" not in letter.text


def test_an_earlier_message_leaves_the_line_of_the_inbox_as_it_is(browser, db, report, mina):
    fields = REASON | {"number": "1"}
    assert browser.as_(mina).post(here(report, "hide"), fields).status == 303
    assert db.get_one(Thread, report.thread_id).last_text == "You are a fool."


def test_several_messages_are_hidden_at_once_with_an_event_each(browser, db, report, sofia, mina):
    fields = [("number", "1"), ("number", "3"), ("reason", REASON["reason"])]
    assert browser.as_(mina).post(here(report, "hide"), fields).status == 303
    assert names(db) == ["message.hidden", "message.hidden"]
    assert told(db) == [(sofia.id, "message_hidden", NoticeKind.CONDUCT)]


@pytest.mark.parametrize("number", ["2", "4", "0", "-1", "9" * 12, "x", ""])
def test_only_copied_messages_of_the_reported_can_be_hidden(browser, db, report, mina, number):
    fields = REASON | ({"number": number} if number else {})
    browser.as_(mina).get(here(report))
    answer = browser.as_(mina).post(here(report, "hide"), fields)
    assert answer.is_redisplay and answer.error_of("number")
    assert not db.query(Message).filter(Message.hidden_at.is_not(None)).count()
    assert db.get_one(Report, report.id).status is ReportStatus.OPEN


def test_what_is_hidden_already_is_not_hidden_again(browser, db, report, carla, mina):
    assert browser.as_(mina).post(here(report, "hide"), DEEDS["hide"]).status == 303
    second = make_report(db, db.get_one(Thread, report.thread_id), carla, copy=report.copy)
    answer = browser.as_(mina).post(here(second, "hide"), DEEDS["hide"])
    assert answer.is_conflict and answer.says("These messages are hidden already.")
    assert names(db) == ["message.hidden"]


def test_suspending_sofia_signs_her_out_at_once_and_she_learns_why(
    browser, db, mailbox, report, sofia, mina
):
    hers = browser.as_(sofia)
    assert hers.get("/dashboard").is_good
    page = browser.as_(mina).get(here(report)).form("suspend").fill(**REASON).submit()
    assert page.follow().says("Sofia Mwangi is suspended.")
    assert hers.get("/dashboard").leads_to("/sign-in")
    assert not db.query(SignIn).filter_by(account_id=sofia.id).count()
    assert names(db) == ["account.suspended"]
    event = db.query(Event).filter_by(name="account.suspended").one()
    assert (event.from_status, event.to_status) == ("active", "suspended")
    [letter] = mailbox.letters()
    assert letter.to == sofia.email and letter.subject == "Your account is suspended"
    assert "Write to people as you would speak to them." in letter.text
    fields = {"email": sofia.email, "password": PASSWORD}
    answer = browser.as_guest().post("/sign-in", fields)
    assert answer.is_redisplay and answer.says("This account is suspended")
    assert answer.says("Nobody here is called names.")
    wrong = browser.as_guest().post("/sign-in", fields | {"password": "four quiet green chairs"})
    nobody = browser.as_guest().post("/sign-in", {"email": "n@x.example", "password": PASSWORD})
    for answer in (wrong, nobody):
        assert answer.says("The email or the password is not right.")
        assert not answer.says("suspended")


def test_a_suspension_is_seen_everywhere_and_restoring_brings_all_back(
    browser, db, mailbox, sofia, sam, carla, cole, mina
):
    wanted = make_request(db, sofia)
    page = f"/coaches/{'carla-ruiz'}"
    thread = make_thread(db, sam, carla)
    make_message(db, thread, sam)
    report = make_report(db, thread, sam)
    of_sofia = make_report(db, make_thread(db, sofia, cole), cole)

    def found():
        there = browser.as_(sam).get(f"/messages/{thread.id}")
        return (
            browser.get(page).status,
            "Carla Ruiz" in browser.get("/coaches").text,
            there.has("textarea[name=text]"),
            browser.as_(cole).get("/requests").says(wanted.title),
        )

    assert found() == (200, True, True, True)
    for one in (report, of_sofia):
        assert browser.as_(mina).post(here(one, "suspend"), REASON).status == 303
    assert found() == (404, False, False, False)
    assert not browser.as_(sam).get(f"/messages/{thread.id}").says("suspended")
    for one in (report, of_sofia):
        form = browser.as_(mina).get(here(one)).form("restore")
        assert form.fill(reason="You have promised to let it be.").submit().status == 303
    assert found() == (200, True, True, True)
    assert names(db) == ["account.suspended"] * 2 + ["account.restored"] * 2
    assert [one.subject for one in mailbox.letters(carla.email)] == [
        "Your account is suspended", "Your account is open again",
    ]  # fmt: skip
    signed_in = browser.as_guest().post("/sign-in", {"email": carla.email, "password": PASSWORD})
    assert signed_in.status == 303
    reread = browser.as_(mina).get(here(report))
    assert reread.says("Suspension lifted") and reread.says("You have promised to let it be.")


def test_dismissing_tells_nobody(browser, db, mailbox, report, mina):
    page = browser.as_(mina).get(here(report)).form("dismiss").submit()
    assert page.follow().says("The report is closed. Nobody is told.")
    assert names(db) == ["report.dismissed"] and not told(db) and not mailbox.letters()
    event = db.query(Event).filter_by(name="report.dismissed").one()
    assert (event.from_status, event.to_status) == ("open", "closed")


@pytest.mark.parametrize("deed", DEEDS)
def test_a_closed_report_is_not_decided_again(browser, db, report, ada, mina, deed):
    assert browser.as_(ada).post(here(report, "dismiss")).status == 303
    answer = browser.as_(mina).post(here(report, deed), DEEDS[deed])
    assert answer.is_conflict and answer.says("Somebody has decided on this report already.")
    assert names(db) == ["report.dismissed"]
    page = browser.as_(mina).get(here(report))
    assert not page.has("#decision form")


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_decides_on_what_they_are_part_of(browser, db, sofia, mina, ada, deed):
    by_mina = make_report(db, make_thread(db, sofia, mina), mina)
    answer = browser.as_(mina).post(here(by_mina, deed), DEEDS[deed])
    assert answer.status == 403 and answer.says("Somebody else decides on this report")
    page = browser.as_(mina).get(here(by_mina))
    assert page.says("Somebody else decides on it.") and not page.has("#decision form")
    about_mina = make_report(db, db.get_one(Thread, by_mina.thread_id), sofia)
    assert browser.as_(mina).post(here(about_mina, deed), DEEDS[deed]).is_not_found


def test_only_an_administrator_suspends_staff_and_nobody_themselves(browser, db, sofia, mina, ada):
    about_ada = make_report(db, make_thread(db, sofia, ada), sofia)
    about_mina = make_report(db, make_thread(db, sofia, mina), sofia)
    answer = browser.as_(mina).post(here(about_ada, "suspend"), REASON)
    assert answer.status == 403 and answer.says("Only an administrator can do that")
    assert not browser.as_(mina).get(here(about_ada)).has("#suspend")
    assert browser.as_(ada).post(here(about_ada, "suspend"), REASON).is_not_found
    assert browser.as_(ada).post(here(about_mina, "suspend"), REASON).status == 303
    assert mina.staff_role is StaffRole.MODERATOR
    assert browser.as_(mina).get("/admin").leads_to("/sign-in")


def test_a_second_suspension_and_a_second_restoring_come_too_late(
    browser, db, report, cole, sofia, mina
):
    second = make_report(db, make_thread(db, sofia, cole), cole)
    assert browser.as_(mina).post(here(report, "restore"), REASON).is_conflict
    assert browser.as_(mina).post(here(report, "suspend"), REASON).status == 303
    answer = browser.as_(mina).post(here(second, "suspend"), REASON)
    assert answer.is_conflict and answer.says("This account is suspended already.")
    assert browser.as_(mina).post(here(second, "restore"), REASON).status == 303
    answer = browser.as_(mina).post(here(report, "restore"), REASON)
    assert answer.is_conflict and answer.says("This account is not suspended any more.")
    assert names(db) == ["account.suspended", "account.restored"]
    assert db.get_one(Report, second.id).status is ReportStatus.OPEN


@pytest.mark.parametrize("deed", ["warn", "hide", "suspend"])
def test_without_a_reason_nothing_is_decided(browser, db, report, mina, deed):
    for reason in ("", "short", "x" * 1001):
        answer = browser.as_(mina).post(here(report, deed), DEEDS[deed] | {"reason": reason})
        assert answer.is_redisplay and answer.has(f"#{deed}[open]")
        answer = browser.htmx.as_(mina).post(here(report, deed), DEEDS[deed] | {"reason": reason})
        assert answer.status == 422 and answer.has("#decision") and not answer.has("h1")
    assert db.get_one(Report, report.id).status is ReportStatus.OPEN and not told(db)


@pytest.mark.parametrize("deed", DEEDS)
def test_others_find_nothing(browser, db, report, sofia, carla, sam, deed):
    for person in (sofia, carla, sam):
        assert browser.as_(person).post(here(report, deed), DEEDS[deed]).is_not_found
    assert browser.as_guest().post(here(report, deed), DEEDS[deed]).leads_to("/sign-in")
    assert db.get_one(Report, report.id).status is ReportStatus.OPEN


def test_with_htmx_the_list_comes_in_place(browser, report, mina):
    answer = browser.htmx.as_(mina).post(here(report, "warn"), REASON)
    assert json.loads(answer.headers["hx-location"])["path"] == "/admin/reports"


def test_what_bears_on_an_account_is_one_line_for_whoever_watches(
    browser, caplog, report, sofia, mina
):
    caplog.set_level(logging.INFO, "skileez.security")
    browser.as_(mina).post(here(report, "suspend"), REASON)
    browser.as_(mina).post(here(report, "restore"), REASON)
    lines = [json.loads(one.message) for one in caplog.records if one.name == "skileez.security"]
    found = [(line["event"], line["account"], line.get("by")) for line in lines]
    by = str(mina.id)
    assert found == [("account.suspended", sofia.id, by), ("account.restored", sofia.id, by)]


def test_sid_is_a_guest_until_he_is_let_in(browser, db, sid, sam, mina):
    assert sid.status is AccountStatus.SUSPENDED
    report = make_report(
        db, make_thread(db, sam, sid), sam, outcome=ReportOutcome.SUSPENDED,
        decision="You asked three students to pay you elsewhere.",
    )  # fmt: skip
    fields = {"email": sid.email, "password": PASSWORD}
    assert browser.post("/sign-in", fields).says("You asked three students to pay you elsewhere.")
    assert browser.as_(mina).post(here(report, "restore"), REASON).status == 303
    assert browser.as_guest().post("/sign-in", fields).status == 303
