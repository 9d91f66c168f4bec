"""Drafts of proposals, as their coaches keep them and as nobody else sees them."""

import pytest

from app.clock import now
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_coach, make_proposal, make_request

PLAN = "We would speak from the first minute, about markets and trains, and correct as we go along."
PLAN += " Then we would read."
TERMS = {"message": PLAN, "sessions": "6", "minutes": "50", "price": "18.50"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def the_form(browser, wanted):
    return browser.get(f"/requests/{wanted.id}").form("proposal")


# Keeping one.


def test_what_carla_types_is_kept_as_she_typed_it(browser, db, wanted, carla):
    address = f"/requests/{wanted.id}/proposals/draft"
    typed = {"message": "Hello", "sessions": "many", "minutes": "60", "price": "18,5"}
    answer = browser.as_(carla).htmx.post(address, typed)
    assert answer.is_good and answer.one("#draft-saved").get_text().startswith("Draft saved ")
    draft = db.query(Proposal).one()
    assert draft.status is ProposalStatus.DRAFT and draft.typed["sessions"] == ["many"]
    form = the_form(browser.as_(carla), wanted)  # on whatever device
    assert form.value("message") == "Hello" and form.value("sessions") == "many"
    assert form.value("price") == "18,5"
    assert [event.name for event in db.query(Event)] == ["proposal.drafted"]


def test_a_form_saves_itself_again_and_again_and_can_then_be_sent(browser, db, wanted, carla):
    form = the_form(browser.as_(carla), wanted)
    address = f"/requests/{wanted.id}/proposals/draft"
    for message in ("We", "We would", PLAN):
        fields = dict(form.fill(message=message)._pairs())
        assert browser.as_(carla).htmx.post(address, fields).is_good
    first = db.query(Proposal).one().id
    answer = form.fill(**TERMS).submit("send")  # the same key as it saved itself with
    proposal = db.query(Proposal).one()
    assert answer.leads_to(f"/proposals/{first}") and proposal.id == first
    assert proposal.status is ProposalStatus.SUBMITTED and proposal.message == PLAN
    assert proposal.typed is None and proposal.submitted_at and proposal.expires_at


def test_the_page_tells_the_browser_when_to_save(browser, wanted, carla):
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    own = page.one(f"#proposal [hx-post='/requests/{wanted.id}/proposals/draft']")
    assert own["hx-trigger"].startswith("input ") and "delay" in own["hx-trigger"]
    assert own["hx-target"] == "#draft-saved" and page.has("#draft-saved")


@pytest.mark.parametrize("htmx", [False, True])
def test_carla_saves_by_the_button(browser, db, wanted, carla, htmx):
    form = the_form(browser.as_(carla), wanted).fill(message="Not finished")
    answer = form.submit("save", htmx=htmx)
    if htmx:
        assert answer.is_good and answer.says("Draft saved")
    else:
        page = answer.follow()
        assert page.says("Your draft is saved.") and page.says("Draft saved")
    assert db.query(Proposal).one().typed["message"] == ["Not finished"]
    assert form.fill(**TERMS).submit("send").status in (303, 409)


def test_a_coach_who_is_not_approved_keeps_a_draft_and_is_told_why_not_more(
    browser, db, wanted, noor
):
    page = browser.as_(noor).get(f"/requests/{wanted.id}")
    assert page.says("Our team has to approve your coach profile")
    form = page.form("proposal")
    assert not page.has("#proposal button[value=send]")
    assert form.fill(message="Later").submit("save").status == 303
    assert db.query(Proposal).one().coach_id == noor.id
    answer = browser.as_(noor).post(f"/requests/{wanted.id}/proposals", TERMS)
    assert answer.is_not_allowed and answer.says("has to be approved")
    assert db.query(Proposal).one().status is ProposalStatus.DRAFT


def test_a_sent_proposal_never_becomes_a_draft(browser, db, wanted, carla):
    proposal = make_proposal(db, wanted, carla)
    answer = browser.as_(carla).htmx.post(f"/requests/{wanted.id}/proposals/draft", TERMS)
    assert answer.is_conflict and answer.says("already sent")
    assert db.query(Proposal).one().id == proposal.id and proposal.is_pending


def test_who_took_one_back_may_begin_another(browser, db, wanted, carla):
    make_proposal(db, wanted, carla, status=ProposalStatus.WITHDRAWN)
    form = the_form(browser.as_(carla), wanted)
    assert form.fill(message="Once more").submit("save").status == 303
    assert the_form(browser.as_(carla), wanted).value("message") == "Once more"
    assert form.fill(**TERMS).submit("send").status in (303, 409)


def test_odd_letters_and_fields_do_no_harm(browser, db, wanted, carla):
    address = f"/requests/{wanted.id}/proposals/draft"
    answer = browser.as_(carla).post(address, {"message": "a\0b", "sessions": ["1", "2"]})
    assert answer.status == 303 and db.query(Proposal).one().typed["message"] == ["ab"]
    assert browser.as_(carla).get(f"/requests/{wanted.id}").is_good
    assert browser.as_(carla).post(address, {"message": "a", "status": "accepted"}).status == 400


@pytest.mark.parametrize("ended", [RequestStatus.FILLED, RequestStatus.CLOSED])
def test_nothing_is_kept_for_a_request_that_has_ended(browser, db, wanted, carla, ended):
    form = the_form(browser.as_(carla), wanted).fill(message="Too late")
    wanted.status = ended
    answer = form.submit("save")
    assert answer.is_conflict and answer.says("no longer open") and answer.says("Too late")
    assert db.query(Proposal).count() == 0


# Nobody else's business.


def test_a_draft_is_seen_by_its_coach_alone(browser, db, wanted, carla, cole, sofia):
    draft = make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT, message="Between us")
    for person in (sofia, cole):
        assert browser.as_(person).get(f"/proposals/{draft.id}").is_not_found
        assert browser.as_(person).post(f"/proposals/{draft.id}/delete").is_not_found
        assert not browser.as_(person).get(f"/requests/{wanted.id}").says("Between us")
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert not page.says("Between us") and page.says("No proposals yet")
    assert browser.as_(cole).get(f"/requests/{wanted.id}").says("No proposals yet")
    assert browser.as_(carla).get(f"/proposals/{draft.id}").says("Draft")


def test_a_draft_takes_nobodys_place(browser, db, wanted, carla, sofia):
    for _ in range(25):
        make_proposal(db, wanted, make_coach(db), status=ProposalStatus.DRAFT)
    for number in range(20):
        other = make_request(db, sofia, title=f"Request number {number}")
        make_proposal(db, other, carla, status=ProposalStatus.DRAFT)
    assert the_form(browser.as_(carla), wanted).fill(**TERMS).submit("send").status == 303


# What the coach does with them.


def test_carla_lists_her_drafts(browser, db, wanted, carla, sofia):
    make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
    ended = make_request(db, sofia, status=RequestStatus.CLOSED, title="Too late for this one")
    make_proposal(db, ended, carla, status=ProposalStatus.DRAFT)
    make_proposal(db, make_request(db, sofia), carla)
    page = browser.as_(carla).get("/proposals")
    assert page.texts(".tabs a") == ["All sent 1", "Drafts 2", "Sent 1"]
    page = browser.as_(carla).get("/proposals?status=draft")
    assert len(page.all("#sent-list li")) == 2
    assert page.has(f"a.btn[href='/requests/{wanted.id}']")
    assert not page.has(f"a.btn[href='/requests/{ended.id}']")
    assert page.says("The request has ended") and page.has(f"a[href='/requests/{ended.id}']")
    assert browser.as_(carla).get(f"/requests/{ended.id}").is_good


def test_carla_throws_a_draft_away(browser, db, wanted, carla):
    draft = make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
    page = browser.as_(carla).get("/proposals?status=draft")
    answer = page.form(f"/proposals/{draft.id}/delete").submit()
    assert answer.location == "/proposals?status=draft" and answer.follow().says("No drafts")
    assert db.query(Proposal).count() == 0
    assert the_form(browser.as_(carla), wanted).value("message") == ""


@pytest.mark.parametrize("status", [one for one in ProposalStatus if one != "draft"])
def test_what_was_sent_is_not_deleted(browser, db, wanted, carla, status):
    proposal = make_proposal(db, wanted, carla, status=status)
    answer = browser.as_(carla).post(f"/proposals/{proposal.id}/delete")
    assert answer.is_conflict and db.query(Proposal).count() == 1


def test_a_draft_of_old_that_was_stored_in_columns_stands_in_the_form(browser, db, wanted, carla):
    make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT, message=PLAN, price=1850)
    form = the_form(browser.as_(carla), wanted)
    assert form.value("message") == PLAN and form.value("price") == "18.50"
    assert form.submit("send").status == 303
    assert db.query(Proposal).one().submitted_at <= now()
