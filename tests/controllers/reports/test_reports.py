"""Carla tells staff of Sofia, and Mina reads it with the messages as they were."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.blocks import Block
from db.models.events import Event
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.reports import Report, ReportOutcome, ReportReason, ReportStatus
from db.models.sign_ins import SignIn
from tests.factories import make_coach, make_copy, make_message, make_report, make_thread

RUDE = {"reason": "rude", "text": "She calls me names."}


@pytest.fixture
def thread(db, sofia, carla):
    begun = make_thread(db, sofia, carla)
    make_message(db, begun, sofia, "Would Thursday suit you?")
    make_message(db, begun, carla, "Thursday at six is good.")
    make_message(db, begun, sofia, "You are a fool.")
    return begun


def names(db):
    return [event.name for event in db.query(Event).order_by(Event.id)]


# A person reports.


@pytest.mark.parametrize("htmx", [False, True])
def test_carla_reports_sofia_from_the_menu_and_is_back_in_the_thread(
    browser, db, carla, sofia, thread, htmx
):
    page = browser.as_(carla).get(f"/messages/{thread.id}").click("Report Sofia")
    assert page.says("Report Sofia") and page.says("Sofia is not told who reported it.")
    answer = page.form("report").fill(**RUDE).submit(htmx=htmx)
    assert answer.leads_to(f"/messages/{thread.id}")
    report = db.query(Report).one()
    assert (report.reporter_id, report.reported_id) == (carla.id, sofia.id)
    assert (report.reason, report.text) == (ReportReason.RUDE, "She calls me names.")
    assert [(one["number"], one["is_reporter"], one["text"]) for one in report.copy] == [
        (1, False, "Would Thursday suit you?"),
        (2, True, "Thursday at six is good."),
        (3, False, "You are a fool."),
    ]
    event = db.query(Event).filter_by(name="report.created").one()
    assert (event.actor_id, event.subject_id, event.side) == (carla.id, report.id, "coach")
    assert not db.query(Notice).count() and not db.query(OutgoingMail).count()


def test_afterwards_the_thread_says_that_it_was_sent(browser, carla, thread):
    page = browser.as_(carla).get(f"/messages/{thread.id}/report").form("report").fill(**RUDE)
    assert page.submit().follow().says("We have your report, and a person will read it.")


def test_nothing_of_the_report_reaches_sofia(browser, db, carla, sofia, thread):
    make_report(db, thread, carla, text="She calls me names.")
    hers = browser.as_(sofia)
    for path in ("", "/report"):
        page = hers.get(f"/messages/{thread.id}{path}")
        assert not page.says("calls me names")
        assert not page.says("have reported")
    for path in ("/messages", "/dashboard", "/notices"):
        assert not hers.get(path).says("eport"), path


def test_only_the_two_can_report_and_nobody_learns_of_the_thread(browser, sam, mina, thread):
    for person in (sam, mina):
        for answer in (
            browser.as_(person).get(f"/messages/{thread.id}/report"),
            browser.as_(person).post(f"/messages/{thread.id}/report", RUDE),
        ):
            assert answer.is_not_found
    assert browser.get(f"/messages/{thread.id}/report").leads_to("/sign-in")


def test_sofia_can_report_a_coach_who_is_suspended(browser, db, sofia, carla, thread):
    carla.status = AccountStatus.SUSPENDED
    answer = browser.as_(sofia).post(f"/messages/{thread.id}/report", RUDE)
    assert answer.status == 303 and db.query(Report).one().reported_id == carla.id


def test_something_else_needs_words_and_everything_wrong_is_said_at_once(browser, carla, thread):
    path = f"/messages/{thread.id}/report"
    answer = browser.as_(carla).post(path, {"reason": "something_else", "text": " "})
    assert answer.is_redisplay and answer.error_of("text").endswith(". Write what happened.")
    answer = browser.as_(carla).post(path, {"text": "x" * 2001})
    assert answer.is_redisplay and answer.error_of("reason") and answer.error_of("text")
    assert browser.as_(carla).post(path, {"reason": "envy"}).is_redisplay


def test_while_one_is_read_there_is_no_second(browser, db, carla, sofia, thread):
    make_report(db, thread, carla)
    page = browser.as_(carla).get(f"/messages/{thread.id}/report")
    assert page.says("You have reported Sofia already.") and not page.has("form[action$=report]")
    answer = browser.as_(carla).post(f"/messages/{thread.id}/report", RUDE)
    assert answer.is_conflict and answer.says("You have reported this already.")
    assert browser.as_(carla).post(f"/messages/{thread.id}/report", {"text": "no"}).is_conflict
    assert browser.as_(sofia).post(f"/messages/{thread.id}/report", RUDE).status == 303
    assert db.query(Report).count() == 2


def test_after_a_decision_carla_can_report_again(browser, db, carla, thread):
    make_report(db, thread, carla, outcome=ReportOutcome.NOTHING)
    assert browser.as_(carla).post(f"/messages/{thread.id}/report", RUDE).status == 303


def test_who_likes_blocks_them_with_the_same_button(browser, db, carla, sofia, thread):
    form = browser.as_(carla).get(f"/messages/{thread.id}/report").form("report")
    assert form.fill(**RUDE, block=True).submit().status == 303
    block = db.query(Block).one()
    assert (block.blocker_id, block.blocked_id) == (carla.id, sofia.id)
    assert sorted(names(db)) == ["block.created", "report.created"]
    assert not browser.as_(sofia).get(f"/messages/{thread.id}").has("textarea")
    db.query(Report).one().status = ReportStatus.CLOSED
    page = browser.as_(carla).get(f"/messages/{thread.id}/report")
    assert not page.says("Block them as well")
    assert browser.as_(carla).post(page.path, RUDE | {"block": "yes"}).status == 303
    assert db.query(Block).count() == 1


def test_ten_reports_a_day_are_the_most(browser, db, sofia, thread):
    for _ in range(10):
        other = make_thread(db, sofia, make_coach(db))
        make_report(db, other, sofia, created_at=now() - timedelta(hours=2))
    answer = browser.as_(sofia).post(f"/messages/{thread.id}/report", RUDE)
    assert answer.status == 429 and answer.says("You have reported 10 times within a day")
    assert 21 * 3600 < int(answer.headers["retry-after"]) <= 22 * 3600 + 1
    db.query(Report).first().created_at = now() - timedelta(hours=25)
    assert browser.as_(sofia).post(f"/messages/{thread.id}/report", RUDE).status == 303


def test_a_form_sent_twice_is_one_report(browser, db, carla, thread):
    form = browser.as_(carla).get(f"/messages/{thread.id}/report").form("report").fill(**RUDE)
    assert form.submit().location == form.submit().location == f"/messages/{thread.id}"
    assert db.query(Report).count() == 1


def test_of_a_long_thread_the_last_fifty_are_copied(browser, db, carla, sofia, thread):
    for number in range(4, 61):
        make_message(db, thread, sofia, f"Nr {number}.")
    browser.as_(carla).post(f"/messages/{thread.id}/report", RUDE)
    copy = db.query(Report).one().copy
    assert [one["number"] for one in copy] == list(range(11, 61))


# Staff read.


def test_what_was_copied_stays_whatever_happens_afterwards(browser, db, carla, sofia, mina, thread):
    browser.as_(carla).post(f"/messages/{thread.id}/report", RUDE)
    report = db.query(Report).one()
    before = report.copy
    path = f"/admin/reports/{report.id}"
    hidden = {"number": "3", "reason": "Nobody here is called names."}
    assert browser.as_(mina).post(f"{path}/hide", hidden).status == 303
    sofia.first_name = "Sonia"
    make_message(db, thread, sofia, "I am sorry.")
    db.commit()
    db.expire_all()
    assert db.query(Report).one().copy == before
    page = browser.as_(mina).get(path)
    assert page.says("You are a fool.") and page.says("Sofia Mwangi")
    assert not page.says("I am sorry.")


def test_mina_sees_open_ones_oldest_first_then_closed_ones(
    browser, db, carla, cole, sofia, sam, mina
):
    older, newer = (
        make_report(
            db, make_thread(db, sofia, coach), coach, created_at=now() - timedelta(hours=hours)
        )
        for hours, coach in ((5, cole), (1, carla))
    )
    make_report(
        db, make_thread(db, sam, cole), cole, outcome=ReportOutcome.WARNED, decided_by_id=mina.id
    )
    page = browser.as_(mina).get("/admin/reports")
    assert page.says("About a student, from a coach") and page.says("2 reports about the same")
    assert "Sofia" not in page.text and "Carla" not in page.text  # a recorded look shows them
    assert [link["href"] for link in page.all("#list h2 a")] == [
        f"/admin/reports/{report.id}" for report in (older, newer)
    ]
    assert page.says("Open 2") and page.says("Closed 1")
    page = page.click("Closed 1")
    assert page.texts("#list .badge") == ["Warned"]
    assert browser.as_(mina).get("/admin/reports?list=else").is_not_found
    assert browser.as_(mina).get("/admin").says("2 reports to read.")


def test_the_list_goes_on_by_pages(browser, db, sofia, mina):
    for number in range(21):
        coach = make_coach(db)
        made = now() - timedelta(days=30 - number)
        make_report(db, make_thread(db, sofia, coach), coach, created_at=made)
    page = browser.as_(mina).get("/admin/reports")
    assert len(page.texts("#list h2")) == 20
    assert page.click("Show 20 more").status == 200


def test_each_look_is_written_down(browser, db, carla, sofia, mina, ada, thread):
    report = make_report(db, thread, carla)
    for person in (mina, ada, mina):
        assert browser.as_(person).get(f"/admin/reports/{report.id}").is_good
    looks = db.query(Event).filter_by(name="report.looked_at").order_by(Event.id).all()
    assert [look.actor_id for look in looks] == [mina.id, ada.id, mina.id]
    assert {look.subject_id for look in looks} == {report.id}


def test_a_wrong_form_shows_nothing_that_was_not_looked_at(browser, db, carla, sofia, mina, thread):
    copy = make_copy((3, sofia, "You are a fool."), reporter=carla)
    report = make_report(db, thread, carla, copy=copy)
    path = f"/admin/reports/{report.id}"
    answer = browser.as_(mina).post(f"{path}/warn", {"reason": "no"})
    assert answer.is_redisplay and not answer.says("You are a fool.")
    assert not db.query(Event).filter_by(name="report.looked_at").count()
    assert browser.as_(mina).get(path).says("You are a fool.")
    assert browser.as_(mina).post(f"{path}/warn", {"reason": "no"}).says("You are a fool.")


def test_mina_reads_what_else_was_reported_and_decided(
    browser, db, carla, cole, sofia, mina, thread
):
    make_report(
        db, make_thread(db, sofia, cole), cole, outcome=ReportOutcome.WARNED,
        decision="Be kind.", decided_by_id=mina.id, reason=ReportReason.SPAM,
    )  # fmt: skip
    sofia.status = AccountStatus.SUSPENDED
    report = make_report(db, thread, carla, text="Look at the third.")
    page = browser.as_(mina).get(f"/admin/reports/{report.id}")
    for words in ("Look at the third.", "Be kind.", "Warned", "Sofia Mwangi is suspended at the"):
        assert page.says(words), words


def test_ada_does_not_see_who_reported_ada(browser, db, sofia, ada, mina):
    report = make_report(db, make_thread(db, sofia, ada), sofia)
    assert browser.as_(ada).get(f"/admin/reports/{report.id}").is_not_found
    assert browser.as_(ada).get("/admin/reports").says("No report waits")
    assert browser.as_(ada).get("/admin").says("No report waits.")
    assert browser.as_(mina).get(f"/admin/reports/{report.id}").is_good


@pytest.mark.parametrize("path", ["/admin/reports", "/admin/reports/1"])
def test_staff_give_their_password_again_after_a_while(browser, db, carla, mina, thread, path):
    make_report(db, thread, carla, id=1)
    browser.as_(mina)
    db.query(SignIn).filter_by(account_id=mina.id).one().proved_at = now() - timedelta(minutes=16)
    assert browser.as_(mina).get(path).leads_to("/sign-in/again")
