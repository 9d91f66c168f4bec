"""Mina and Ada at the same moment, and Carla in two tabs: one deed is done, once."""

from collections import Counter

import pytest

from db.models.accounts import Account, AccountStatus
from db.models.events import Event
from db.models.messages import Message
from db.models.outgoing_mail import OutgoingMail
from db.models.reports import Report, ReportOutcome, ReportStatus
from tests.factories import make_copy, make_message, make_report, make_thread
from tests.races.test_coach_approvals import at_once

pytestmark = pytest.mark.usefixtures("real_database")
__all__ = ["at_once"]

REASON = {"reason": "Nobody here is called names."}
DEEDS = {
    "warn": (REASON, ReportOutcome.WARNED, "account.warned"),
    "hide": (REASON | {"number": "1"}, ReportOutcome.HIDDEN, "message.hidden"),
    "suspend": (REASON, ReportOutcome.SUSPENDED, "account.suspended"),
    "dismiss": ({}, ReportOutcome.NOTHING, "report.dismissed"),
}


@pytest.fixture
def thread(db, sofia, carla):
    begun = make_thread(db, sofia, carla)
    make_message(db, begun, sofia, "You are a fool.")
    return begun


@pytest.mark.parametrize(
    ("minas", "adas"),
    [("warn", "suspend"), ("hide", "dismiss"), ("suspend", "suspend"), ("dismiss", "warn")],
)
def test_of_two_decisions_at_once_one_holds(
    db, sofia, carla, mina, ada, thread, at_once, minas, adas
):
    copy = make_copy((1, sofia, "You are a fool."), reporter=carla)
    report = make_report(db, thread, carla, copy=copy)
    here = f"/admin/reports/{report.id}"
    posts = [(mina, f"{here}/{minas}", DEEDS[minas][0]), (ada, f"{here}/{adas}", DEEDS[adas][0])]
    answers = at_once(posts * 3)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: 5}
    [won] = [number % 2 for number, answer in enumerate(answers) if answer.status == 303]
    _, outcome, name = DEEDS[(minas, adas)[won]]
    decided = db.get_one(Report, report.id)
    assert (decided.status, decided.outcome) == (ReportStatus.CLOSED, outcome)
    assert decided.decided_by_id == (mina, ada)[won].id
    assert [event.name for event in db.query(Event)] == [name]
    assert db.query(OutgoingMail).count() == (name != "report.dismissed")


def test_two_reports_about_sofia_suspend_her_once(
    db, sofia, carla, cole, mina, ada, thread, at_once
):
    reports = [make_report(db, thread, carla), make_report(db, make_thread(db, sofia, cole), cole)]
    posts = [
        (who, f"/admin/reports/{report.id}/suspend", REASON)
        for who, report in zip((mina, ada), reports, strict=True)
    ]
    assert Counter(answer.status for answer in at_once(posts)) == {303: 1, 409: 1}
    assert db.get_one(Account, sofia.id).status is AccountStatus.SUSPENDED
    assert [event.name for event in db.query(Event)] == ["account.suspended"]
    assert db.query(Report).filter_by(status=ReportStatus.OPEN).count() == 1


def test_carla_in_six_tabs_makes_one_report(db, carla, thread, at_once):
    path, fields = f"/messages/{thread.id}/report", {"reason": "rude", "text": "Names."}
    answers = at_once([(carla, path, fields)] * 6)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: 5}
    assert db.query(Report).count() == 1


def test_hiding_the_last_words_while_new_ones_come_loses_neither(
    db, sofia, carla, mina, thread, at_once
):
    copy = make_copy((1, sofia, "You are a fool."), reporter=carla)
    report = make_report(db, thread, carla, copy=copy)
    answers = at_once(
        [
            (mina, f"/admin/reports/{report.id}/hide", REASON | {"number": "1"}),
            (carla, f"/messages/{thread.id}", {"text": "Be kind."}),
        ]
    )
    assert {answer.status for answer in answers} == {303}
    assert [one.number for one in db.query(Message).order_by(Message.number)] == [1, 2]
    assert db.query(Message).filter_by(number=1).one().hidden_at
    db.refresh(thread)
    assert (thread.last_number, thread.last_text) == (2, "Be kind.")
