"""Changing a proposal that was sent: freely until it is read, in versions afterwards."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.outgoing_mail import OutgoingMail
from db.models.proposal_versions import ProposalVersion
from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_answer, make_proposal, make_request

PLAN = "We would speak from the first minute, about markets and trains, and correct as we go along."
PLAN += " Then we would read."
LIVE = [ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED]


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, questions=("Where did you learn?",))


@pytest.fixture
def proposal(db, wanted, carla):
    made = make_proposal(db, wanted, carla, message=PLAN, links=["https://carla.example/"])
    db.refresh(wanted, ["questions"])
    make_answer(db, made, wanted.questions[0])
    return made


@pytest.fixture
def read(db, proposal):
    """The same, after Sofia has looked at it."""
    proposal.first_viewed_at, proposal.seen_version = now() - timedelta(hours=2), 1
    return proposal


def the_form(browser, proposal):
    return browser.get(f"/proposals/{proposal.id}/edit").form(f"/proposals/{proposal.id}/edit")


def history(db, proposal):
    return [event.name for event in db.query(Event).filter_by(subject_id=proposal.id)]


# Until the student has looked.


def test_carla_changes_freely_what_nobody_has_read(browser, db, proposal, carla):
    form = the_form(browser.as_(carla), proposal)
    assert form.value("message") == PLAN and form.value("price") == "18"
    assert form.value("link_1") == "https://carla.example/"
    answer = form.fill(price="17.50", sessions="8").submit("save")
    assert answer.leads_to(f"/proposals/{proposal.id}")
    assert answer.follow().says("has not read it yet")
    assert (proposal.price, proposal.sessions, proposal.version) == (1750, 8, 1)
    assert db.query(ProposalVersion).count() == db.query(OutgoingMail).count() == 0
    assert history(db, proposal) == ["proposal.updated"]


# After that.


@pytest.mark.parametrize("status", LIVE)
def test_what_the_student_has_read_is_kept_beside_the_new_version(
    browser, db, read, carla, sofia, status
):
    read.status = status
    before, expires_at = read.updated_at, read.expires_at
    form = the_form(browser.as_(carla), read)
    [answer_field] = [name for name in form.fields if name.startswith("answer_")]
    answer = form.fill(price="21", **{answer_field: "In Granada."}).submit("save")
    assert answer.follow().says("The student sees what is different.")
    assert read.version == 2 and read.price == 2100 and read.status is status
    assert read.seen_version == 1 and read.expires_at > expires_at
    stood = db.query(ProposalVersion).one()
    assert (stood.number, stood.price, stood.message, stood.minutes) == (1, 1800, PLAN, 60)
    assert stood.links == ["https://carla.example/"] and stood.written_at == before
    assert stood.answers == [["Where did you learn?", "At home, in Seville."]]
    mail = db.query(OutgoingMail).one()
    assert (mail.template, mail.recipient) == ("proposal_changed", sofia.email)
    page = browser.as_(carla).get(f"/proposals/{read.id}")
    assert page.says("What you changed") and page.says("$18 → $21") and page.says("Seville")


def test_each_change_makes_a_version(browser, db, read, carla):
    for price in ("19", "20", "21"):
        assert the_form(browser.as_(carla), read).fill(price=price).submit("save").status == 303
    assert read.version == 4
    kept = db.query(ProposalVersion).order_by(ProposalVersion.number)
    assert [(one.number, one.price) for one in kept] == [(1, 1800), (2, 1900), (3, 2000)]
    page = browser.as_(carla).get(f"/proposals/{read.id}")
    assert page.says("$18 → $19") and page.says("$20 → $21")


def test_where_nothing_is_different_nothing_changes(browser, db, read, carla):
    updated_at = read.updated_at
    answer = the_form(browser.as_(carla), read).submit("save")
    assert answer.follow().says("nothing has changed")
    assert (read.version, read.updated_at) == (1, updated_at)
    assert db.query(ProposalVersion).count() == db.query(OutgoingMail).count() == 0
    assert history(db, read) == []


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("is_read", [False, True])
def test_an_older_form_shows_both_and_keeps_what_was_typed(
    browser, db, proposal, carla, htmx, is_read
):
    if is_read:
        proposal.first_viewed_at = now()
    first = the_form(browser.as_(carla), proposal).fill(sessions="9")
    second = the_form(browser.as_(carla), proposal).fill(price="25")
    assert first.submit("save").status == 303
    answer = second.submit("save", htmx=htmx)
    assert answer.is_conflict and answer.says("changed after you opened")
    assert answer.says("9 sessions of 60 minutes at $18")
    again = answer.form("proposal")
    assert again.value("price") == "25" and again.value("sessions") == "6"
    assert (proposal.sessions, proposal.price) == (9, 1800)
    assert again.submit("save").status == 303 and proposal.price == 2500


def test_a_wrong_form_comes_back_as_it_was_typed(browser, db, read, carla):
    form = the_form(browser.as_(carla), read).fill(message="Short", sessions="99")
    for htmx in (False, True):
        answer = form.submit("save", htmx=htmx)
        assert answer.is_redisplay and answer.error_of("message") and answer.error_of("sessions")
        assert answer.form("proposal").value("message") == "Short"
    assert read.version == 1


def test_carla_sees_the_total_of_a_change_first(browser, read, carla):
    form = the_form(browser.as_(carla), read).fill(price="20", sessions="5")
    for htmx in (False, True):
        answer = form.submit("total", htmx=htmx)
        assert answer.is_good and "$90" in " ".join(answer.texts("#total"))
    assert read.version == 1 and form.submit("save").status == 303


def test_an_answer_to_a_question_no_longer_asked_stays(browser, db, read, carla, wanted):
    question = wanted.questions[0]
    question.retired_at = now()
    page = browser.as_(carla).get(f"/proposals/{read.id}/edit")
    assert not page.has(f"#answer-{question.id}")
    assert page.form("proposal").fill(price="20").submit("save").status == 303
    assert browser.as_(carla).get(f"/proposals/{read.id}").says("At home, in Seville.")


# Who may, and when.


def test_only_its_coach_may(browser, proposal, sofia, cole, sam):
    for person, refused in ((sofia, "is_not_allowed"), (cole, "is_not_found")):
        assert getattr(browser.as_(person).get(f"/proposals/{proposal.id}/edit"), refused)
        assert getattr(browser.as_(person).post(f"/proposals/{proposal.id}/edit"), refused)
    assert browser.as_(sam).get(f"/proposals/{proposal.id}/edit").is_not_found
    assert browser.as_guest().get(f"/proposals/{proposal.id}/edit").asks_to_sign_in


@pytest.mark.parametrize("status", [one for one in ProposalStatus if one not in LIVE])
def test_what_is_not_waiting_cannot_be_changed(browser, db, proposal, carla, status):
    form = the_form(browser.as_(carla), proposal).fill(price="1")
    proposal.status = status
    answer = form.submit("save")
    assert answer.is_conflict and proposal.price == 1800
    assert not browser.as_(carla).get(f"/proposals/{proposal.id}").has("a[href$='/edit']")


@pytest.mark.parametrize("status", [RequestStatus.OPEN, RequestStatus.PAUSED])
def test_as_long_as_the_request_runs(browser, db, proposal, wanted, carla, status):
    wanted.status = status
    assert the_form(browser.as_(carla), proposal).fill(price="19").submit("save").status == 303
    wanted.status = RequestStatus.REMOVED
    assert browser.as_(carla).get(f"/proposals/{proposal.id}/edit").is_conflict
    assert not browser.as_(carla).get(f"/proposals/{proposal.id}").has("a[href$='/edit']")
    wanted.status, wanted.expires_at = status, now()
    assert browser.as_(carla).get(f"/proposals/{proposal.id}/edit").is_conflict


def test_not_after_thirty_days_without_an_answer(browser, db, proposal, carla):
    form = the_form(browser.as_(carla), proposal).fill(price="19")
    proposal.expires_at = now()
    assert form.submit("save").is_conflict
    assert browser.as_(carla).post(f"/proposals/{proposal.id}/withdraw").is_conflict
    page = browser.as_(carla).get(f"/proposals/{proposal.id}")
    assert page.says("No answer") and page.says("did not answer in time")
    assert db.get(Proposal, proposal.id).is_pending, "the sweeper will say so"


# An earliest start that has passed since.


def test_a_day_that_has_passed_untouched_stands_in_no_ones_way(browser, db, read, carla):
    read.earliest = past = now().date() - timedelta(days=9)
    form = the_form(browser.as_(carla), read)
    assert form.value("earliest") == str(past)
    assert form.fill(price="21").submit("save").leads_to(f"/proposals/{read.id}")
    assert (read.price, read.earliest, read.version) == (2100, past, 2)


@pytest.mark.parametrize("stood", [None, 9])
def test_another_day_is_one_to_come(browser, db, proposal, carla, stood):
    proposal.earliest = now().date() - timedelta(days=stood) if stood else None
    past = str(now().date() - timedelta(days=8))
    answer = the_form(browser.as_(carla), proposal).fill(earliest=past, price="x").submit("save")
    assert answer.status == 422 and answer.says("Choose today or a later day.")
    assert answer.says("Write an amount such as 18 or 18.50.")
    db.refresh(proposal)
    assert str(proposal.earliest) != past


def test_a_day_that_has_passed_can_be_taken_out_or_moved(browser, db, proposal, carla):
    proposal.earliest = now().date() - timedelta(days=9)
    later = now().date() + timedelta(days=9)
    for typed, kept in ((str(later), later), ("", None)):
        form = the_form(browser.as_(carla), proposal).fill(earliest=typed)
        assert form.submit("save").status == 303
        db.refresh(proposal)
        assert proposal.earliest == kept


def test_a_new_proposal_asks_for_a_day_to_come(browser, db, proposal, carla):
    """It begins with what was taken back, whose day may have passed."""
    proposal.earliest, proposal.status = now().date() - timedelta(days=9), ProposalStatus.WITHDRAWN
    form = browser.as_(carla).get(f"/requests/{proposal.request_id}").form("form#proposal")
    assert form.submit("send").says("Choose today or a later day.")


# Until when a session is free to cancel.


def test_carla_gives_more_time_to_cancel_and_sofia_reads_and_accepts_it(
    browser, db, read, wanted, sofia, carla
):
    form = the_form(browser.as_(carla), read)
    assert form.value("cancellation_hours") == "12"
    form.fill(cancellation_hours="4").submit("save")
    db.expire_all()
    assert read.cancellation_hours == 4
    assert db.query(ProposalVersion).one().cancellation_hours == 12
    page = browser.as_(sofia).get(f"/proposals/{read.id}")
    assert page.says("12 → 4 hours before") and page.says("until 4 hours before; what you cancel")
    page.form("accept").submit()
    contract = db.query(Contract).one()
    assert contract.cancellation_hours == 4
    page = browser.as_(sofia).get(f"/contracts/{contract.id}")
    assert page.says("without cost until 4 hours before")


def test_other_hours_are_not_offered(browser, db, proposal, carla):
    form = {"message": PLAN, "sessions": "6", "minutes": "60", "price": "18", "version": "1"}
    answer = browser.as_(carla).post(
        f"/proposals/{proposal.id}/edit", form | {"cancellation_hours": "5"}
    )
    assert answer.error_of("cancellation_hours")
