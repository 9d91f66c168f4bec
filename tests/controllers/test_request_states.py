"""Sofia pauses her request, opens it again, renews and closes it; nobody else does."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.events import Event
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.proposals import ProposalStatus
from tests.factories import make_bookmark, make_proposal, make_request
from tests.mailbox import mailbox

__all__ = ["mailbox"]

SOON = timedelta(days=3)


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, expires_at=now() + SOON)


def only(db):
    db.expire_all()
    return db.query(LearningRequest).one()


def page_of(browser, person, wanted):
    return browser.as_(person).get(f"/requests/{wanted.id}")


# Pausing, and going on.


def test_sofia_pauses_her_request_and_opens_it_again(browser, db, sofia, carla, wanted):
    answer = page_of(browser, sofia, wanted).form("pause").submit()
    assert answer.leads_to(f"/requests/{wanted.id}") and only(db).status is RequestStatus.PAUSED
    page = answer.follow()
    assert page.says("Your request is paused.") and not page.has("form[action$='/pause']")
    assert not browser.as_(carla).get("/requests").says(wanted.title)
    answer = page.form("resume").submit()
    assert answer.follow().says("open again") and only(db).is_open
    assert only(db).expires_at > now() + timedelta(days=29)
    assert browser.as_(carla).get("/requests").says(wanted.title)


def test_sofia_pauses_and_goes_on_in_place(browser, db, sofia, wanted):
    paused = page_of(browser, sofia, wanted).form("pause").submit(htmx=True)
    assert paused.is_good and paused.has("#owner") and paused.has("hx-partial #heading")
    assert paused.says("Coaches cannot send proposals for now") and paused.says("Paused")
    resumed = paused.form("resume").submit(htmx=True)
    assert resumed.is_good and resumed.has("#owner form[action$='/pause']")
    assert not resumed.says("Coaches cannot send proposals for now")
    assert [event.name for event in db.query(Event).order_by(Event.id)] == [
        "request.paused", "request.resumed",
    ]  # fmt: skip


def test_nobody_proposes_to_what_is_paused(browser, db, sofia, carla, cole, wanted):
    proposal = make_proposal(db, wanted, carla)
    page_of(browser, sofia, wanted).form("pause").submit()
    assert page_of(browser, carla, wanted).says("Coaches cannot send proposals for now")
    make_bookmark(db, wanted, cole)
    assert page_of(browser, cole, wanted).says("Paused for now")
    answer = browser.as_(cole).post(f"/requests/{wanted.id}/proposals", {"message": "x"})
    assert answer.is_conflict and proposal.is_pending


def test_what_ran_out_while_it_was_paused_stays_ended(browser, db, sofia):
    wanted = make_request(db, sofia, status=RequestStatus.PAUSED, expires_at=now())
    for deed in ("resume", "pause", "renew"):
        assert browser.as_(sofia).post(f"/requests/{wanted.id}/{deed}").is_conflict, deed
    page = page_of(browser, sofia, wanted)
    assert page.says("its time ran out")
    assert not page.has("form[action$='/resume']") and not page.has("form[action$='/renew']")


# Renewing.


@pytest.mark.parametrize("status", ["open", "paused"])
def test_sofia_renews_in_one_tap_on_the_page(browser, db, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status), expires_at=now() + SOON)
    answer = page_of(browser, sofia, wanted).form("renew").submit()
    assert answer.leads_to(f"/requests/{wanted.id}") and answer.follow().says("4 weeks left")
    assert only(db).expires_at > now() + timedelta(days=29)
    assert only(db).status == status


def test_sofia_renews_in_place_where_she_keeps_hers(browser, db, sofia, wanted):
    form = browser.as_(sofia).get("/requests/mine").form("renew")
    answer = form.submit(htmx=True)
    assert answer.is_good and answer.has(f"#deadline-{wanted.id}")
    assert not answer.has(f"#deadline-{wanted.id} form")
    assert only(db).expires_at > now() + timedelta(days=29)


def test_renewing_is_offered_when_five_days_are_left(browser, db, sofia):
    at = now()
    make_request(db, sofia, expires_at=at + timedelta(days=6))
    page = browser.as_(sofia).get("/requests/mine")
    assert page.says("6 days left") or page.says("5 days left")
    assert not page.has("form[action$='/renew']")


# Closing.


@pytest.mark.parametrize("status", ["open", "paused"])
def test_a_coach_reads_when_it_closes(browser, db, sofia, carla, status):
    wanted = make_request(
        db, sofia, status=RequestStatus(status), expires_at=now() + timedelta(days=4, hours=1)
    )
    make_bookmark(db, wanted, carla)
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("Closes in 4 days") and page.says("Posted 2 days ago")


def test_a_coach_who_waits_reads_of_the_end(browser, db, mailbox, sofia, carla, wanted):
    proposal = make_proposal(db, wanted, carla)
    form = page_of(browser, sofia, wanted).form("close").fill(reason="found_elsewhere")
    form.submit()
    form.submit()
    [letter] = mailbox.letters(carla.email)
    assert wanted.title in letter.text and "found" not in letter.text
    assert proposal.status is ProposalStatus.EXPIRED


# Deleting.


def test_sofia_deletes_a_draft(browser, db, sofia):
    draft = make_request(db, sofia, status=RequestStatus.DRAFT, questions=("Where?",))
    address = f"/requests/{draft.id}"
    answer = browser.as_(sofia).get(address).form("delete").submit()
    assert answer.leads_to("/requests/mine") and answer.follow().says("Your draft is deleted.")
    assert db.query(LearningRequest).count() == 0
    assert browser.as_(sofia).get(address).is_not_found


def test_sofia_deletes_a_draft_with_htmx(browser, db, sofia):
    draft = make_request(db, sofia, status=RequestStatus.DRAFT)
    answer = page_of(browser, sofia, draft).form("delete").submit(htmx=True)
    assert answer.leads_to("/requests/mine") and db.query(LearningRequest).count() == 0


# Others.


@pytest.mark.parametrize("deed", ["pause", "renew", "resume", "delete"])
def test_nobody_else_does_any_of_it(browser, db, sofia, sam, carla, wanted, deed):
    assert browser.as_(carla).post(f"/requests/{wanted.id}/{deed}").is_not_allowed
    assert browser.as_(sam).post(f"/requests/{wanted.id}/{deed}").is_not_found
    assert browser.as_guest().post(f"/requests/{wanted.id}/{deed}").asks_to_sign_in
    assert db.query(Event).count() == 0
