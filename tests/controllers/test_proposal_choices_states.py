"""What Sofia answers to a proposal in each of its states, and who is told."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.contracts import Contract
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.outgoing_mail import OutgoingMail
from db.models.proposal_versions import ProposalVersion
from db.models.proposals import ProposalStatus
from tests.factories import make_coach, make_proposal, make_request, make_version, stored

VERSION = {"version": "1"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


@pytest.fixture
def carlas_proposal(db, wanted, carla):
    return make_proposal(db, wanted, carla)


@pytest.fixture
def changed(db, wanted, carla):
    """Carla's, which Sofia has read and Carla has changed since."""
    proposal = make_proposal(
        db, wanted, carla, price=2000, sessions=5, version=2, seen_version=1,
        message="Now we begin with the train. " * 4, first_viewed_at=now() - timedelta(hours=3),
    )  # fmt: skip
    make_version(db, proposal, 1, price=1800, sessions=6, message="At first the market. " * 5)
    return proposal


# Accepting a version.


@pytest.mark.parametrize("htmx", [False, True])
def test_sofia_accepts_only_what_she_read(browser, db, wanted, sofia, carla, changed, htmx):
    address = f"/proposals/{changed.id}/accept"
    asking = browser.as_(sofia).htmx if htmx else browser.as_(sofia)
    answer = asking.post(address, VERSION)
    assert answer.is_conflict and answer.says("Nothing was accepted")
    assert answer.says("6 sessions of 60 minutes at $18 each, $108 in total")
    assert answer.says("At first the market.") and answer.says("Now we begin with the train.")
    assert changed.is_pending and wanted.is_open and not db.query(Contract).count()
    form = answer.form(address)
    assert form.value("version") == "2" and "$100" in form.tag.get_text()
    assert form.submit().status == 303
    assert changed.is_accepted


def test_sofia_is_told_of_a_change_that_left_nothing_to_compare(browser, db, sofia, changed):
    db.query(ProposalVersion).delete()
    answer = browser.as_(sofia).post(f"/proposals/{changed.id}/accept", VERSION)
    assert answer.is_conflict and answer.says("What stands now")
    assert not answer.says("What you were about to accept")


def test_sofia_accepts_no_words_that_were_changed_before_she_was_seen_reading(
    browser, db, wanted, sofia, carlas_proposal
):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    form = page.form(f"/proposals/{carlas_proposal.id}/accept")
    carlas_proposal.version, carlas_proposal.price = 1, 90_00  # as if no mark had been left
    carlas_proposal.updated_at = now()
    answer = form.submit()
    assert answer.is_conflict and carlas_proposal.is_pending and answer.says("$90")
    assert answer.form(f"/proposals/{carlas_proposal.id}/accept").submit().status == 303
    assert carlas_proposal.is_accepted


@pytest.mark.parametrize("version", [{"version": "0"}, {"version": "x"}, {"version": "9" * 30}])
def test_nothing_is_accepted_in_no_version(browser, wanted, sofia, carlas_proposal, version):
    answer = browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/accept", version)
    assert answer.is_redisplay and carlas_proposal.is_pending


def test_who_names_no_version_accepts_nothing(browser, sofia, carlas_proposal):
    answer = browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/accept", {})
    assert answer.is_conflict and answer.says("Nothing was accepted") and carlas_proposal.is_pending
    assert answer.form(f"/proposals/{carlas_proposal.id}/accept").submit().status == 303


def test_sofia_presses_accept_twice_and_accepts_once(browser, db, wanted, sofia, carlas_proposal):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    form = page.form(f"/proposals/{carlas_proposal.id}/accept")
    first, second = form.submit(), form.submit()
    assert first.status == second.status == 303 and first.location == second.location
    assert db.query(Contract).count() == 1


# The shortlist.


@pytest.mark.parametrize("htmx", [False, True])
def test_sofia_shortlists_and_takes_it_back(browser, wanted, sofia, carla, carlas_proposal, htmx):
    here = f"/proposals/{carlas_proposal.id}"
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert page.one(f"#shortlist-{carlas_proposal.id}")["aria-pressed"] == "false"
    answer = page.form(f"{here}/shortlist").submit(htmx=htmx)
    answer = answer if htmx else answer.follow()
    assert answer.one(f"#shortlist-{carlas_proposal.id}")["aria-pressed"] == "true"
    assert carlas_proposal.status is ProposalStatus.SHORTLISTED
    assert browser.as_(carla).get(here).says("Shortlisted")
    answer = answer.form(f"{here}/unshortlist").submit(htmx=htmx)
    answer = answer if htmx else answer.follow()
    assert answer.texts(f"#proposal-{carlas_proposal.id} .badge")[0] != "Shortlisted"
    assert carlas_proposal.status is ProposalStatus.SUBMITTED


def test_a_mark_keeps_the_request_standing(browser, db, wanted, sofia, carlas_proposal):
    for deed in ("shortlist", "unshortlist", "shortlist"):
        wanted.expires_at = now() + timedelta(days=2)
        browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/{deed}")
        assert wanted.expires_at > now() + timedelta(days=29)


# Taking a no back.


@pytest.fixture
def declined(db, wanted, carla):
    return make_proposal(
        db, wanted, carla, status=ProposalStatus.DECLINED, decline_reason="price",
        expires_at=now() + timedelta(days=1),
    )  # fmt: skip


@pytest.mark.parametrize("htmx", [False, True])
def test_sofia_takes_a_no_back(browser, db, wanted, sofia, carla, declined, htmx):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    answer = page.form(f"/proposals/{declined.id}/reopen").submit(htmx=htmx)
    answer = answer if htmx else answer.follow()
    assert answer.says("The proposal is open again") and answer.has("form[action$='/accept']")
    assert declined.status is ProposalStatus.SUBMITTED
    assert declined.decline_reason is declined.ended_at is None
    assert declined.expires_at > now() + timedelta(days=29)
    assert wanted.expires_at > now() + timedelta(days=29)
    assert mails(db, carla) == ["proposal_reopened"]


def test_sofia_has_a_week_for_it(browser, wanted, sofia, declined):
    declined.ended_at = now() - timedelta(days=7)
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert not page.has("form[action$='/reopen']")
    answer = browser.as_(sofia).post(f"/proposals/{declined.id}/reopen")
    assert answer.is_conflict and answer.says("more than 7 days ago")
    declined.ended_at = now() - timedelta(days=6, hours=23)
    assert browser.as_(sofia).post(f"/proposals/{declined.id}/reopen").status == 303


@pytest.mark.parametrize("status", ["filled", "closed", "expired"])
def test_nothing_is_taken_up_again_once_the_request_ended(browser, wanted, sofia, declined, status):
    wanted.status = RequestStatus(status)
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert not page.has("form[action$='/reopen']")
    assert browser.as_(sofia).post(f"/proposals/{declined.id}/reopen").is_conflict


def test_a_paused_request_takes_a_proposal_up_again(browser, wanted, sofia, declined):
    wanted.status = RequestStatus.PAUSED
    assert browser.as_(sofia).post(f"/proposals/{declined.id}/reopen").status == 303


def test_a_coach_who_is_gone_or_wrote_again_stays_declined(
    browser, db, wanted, sofia, carla, declined
):
    carla.status = AccountStatus.SUSPENDED
    answer = browser.as_(sofia).post(f"/proposals/{declined.id}/reopen")
    assert answer.is_conflict and answer.says("cannot be chosen")
    carla.status = AccountStatus.ACTIVE
    make_proposal(db, wanted, carla)
    answer = browser.as_(sofia).post(f"/proposals/{declined.id}/reopen")
    assert answer.is_conflict and answer.says("has written another proposal")
    assert declined.status is ProposalStatus.DECLINED


def test_who_is_not_there_is_not_offered_to_be_chosen(
    browser, db, wanted, sofia, carla, cole, carlas_proposal
):
    declined = make_proposal(db, wanted, cole, status=ProposalStatus.DECLINED)
    carla.status = cole.status = AccountStatus.SUSPENDED
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    said = page.texts("article > p:not(.meta)")
    assert said == ["This coach cannot be chosen at the moment."] * 2
    assert not page.all("[action$='/accept'], [action$='/reopen'], a[href^='/coaches/']")
    both = f"proposal={carlas_proposal.id}&proposal={declined.id}"
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals/compare?{both}")
    assert page.says("Say no") and not page.says("Accept") and not page.has("td a[href^='/coa']")
    assert browser.as_(sofia).get(f"/proposals/{carlas_proposal.id}").form("decline")


def test_a_full_request_takes_nobody_up_again(browser, db, wanted, sofia, declined):
    for _ in range(25):
        make_proposal(db, wanted, make_coach(db))
    answer = browser.as_(sofia).post(f"/proposals/{declined.id}/reopen")
    assert answer.is_conflict and answer.says("25 coaches are waiting")


# Every state, every deed: what may be done is, and who is too late reads what happened.

DEEDS = {
    "accept": ({"version": "1"}, {"submitted", "shortlisted"}),
    "decline": ({"reason": "other"}, {"submitted", "shortlisted"}),
    "shortlist": ({}, {"submitted"}),
    "unshortlist": ({}, {"shortlisted"}),
    "reopen": ({}, {"declined"}),
}
SENTENCES = {
    ("accepted", ""): "You have accepted this proposal.",
    ("declined", ""): "You have said no to this proposal.",
    ("withdrawn", ""): "The coach has withdrawn this proposal.",
    ("not_selected", ""): "You chose another coach",
    ("expired", ""): "ended without an answer",
    ("submitted", "unshortlist"): "not on your shortlist",
    ("shortlisted", "shortlist"): "shortlisted this proposal already",
    ("submitted", "reopen"): "waiting for your answer",
    ("shortlisted", "reopen"): "waiting for your answer",
}
SENT = [status for status in ProposalStatus if status is not ProposalStatus.DRAFT]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("status", SENT)
def test_sofia_does_what_a_state_allows_and_reads_why_not(
    browser, db, wanted, sofia, carla, status, deed
):
    fields, allowed = DEEDS[deed]
    proposal = make_proposal(db, wanted, carla, status=status)
    answer = browser.as_(sofia).post(f"/proposals/{proposal.id}/{deed}", fields)
    if status in allowed:
        assert answer.status == 303
        return
    said = SENTENCES.get((status, deed)) or SENTENCES[status, ""]
    assert answer.is_conflict and answer.says(said)
    assert proposal.status is status and not db.query(Contract).count()


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_but_sofia_answers(browser, sam, carla, cole, mina, carlas_proposal, deed):
    here, (fields, _) = f"/proposals/{carlas_proposal.id}/{deed}", DEEDS[deed]
    assert browser.as_(carla).post(here, fields).is_not_allowed
    for other in (sam, cole, mina):
        assert browser.as_(other).post(here, fields).is_not_found
    assert browser.as_guest().post(here, fields).asks_to_sign_in


@pytest.mark.parametrize("deed", ["accept", "decline", "shortlist", "unshortlist"])
def test_a_proposal_whose_own_days_are_over_takes_no_answer(
    browser, db, wanted, sofia, carla, deed
):
    status = ProposalStatus.SHORTLISTED if deed == "unshortlist" else ProposalStatus.SUBMITTED
    late = make_proposal(db, wanted, carla, status=status, expires_at=now() - timedelta(seconds=1))
    answer = browser.as_(sofia).post(f"/proposals/{late.id}/{deed}", DEEDS[deed][0])
    assert answer.is_conflict and answer.says("ended without an answer")
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert page.texts("article .badge") == ["No answer"]
    assert not page.has("form[action^='/proposals/']")


# Who is told.


def mails(db, person):
    query = db.query(OutgoingMail).filter_by(account_id=person.id).order_by(OutgoingMail.id)
    return [mail.template for mail in query]


def test_coaches_are_told_of_the_choice(browser, db, wanted, sofia, carla, cole, carlas_proposal):
    make_proposal(db, wanted, cole)
    browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/accept", VERSION)
    assert mails(db, carla) == ["proposal_accepted"]
    assert mails(db, cole) == ["proposal_not_selected"]


def test_a_coach_is_told_of_each_no(browser, db, sofia, carla, carlas_proposal):
    here = f"/proposals/{carlas_proposal.id}"
    for deed in ("decline", "reopen", "decline"):
        assert browser.as_(sofia).post(f"{here}/{deed}", DEEDS[deed][0]).status == 303
    assert mails(db, carla) == ["proposal_declined", "proposal_reopened", "proposal_declined"]


def test_who_was_invited_is_asked_no_longer(browser, db, wanted, sofia, cole, carlas_proposal):
    asked = stored(
        db,
        Invitation(
            request_id=wanted.id, coach_id=cole.id, status=InvitationStatus.OPEN, text="",
            created_at=now(),
        ),
    )  # fmt: skip
    browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/accept", VERSION)
    assert asked.status is InvitationStatus.EXPIRED and asked.ended_at
