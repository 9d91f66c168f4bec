import pytest

from app.clock import now
from db.models.learning_requests import RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_proposal, make_request

PLAN = "We would speak from the first minute, about markets and trains, and correct as we go along."
PLAN += " Then we would read."
TERMS = {"message": PLAN, "sessions": 6, "minutes": "50", "price": "18.50"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, questions=("Where did you learn?",))


@pytest.fixture
def carlas_proposal(db, wanted, carla):
    return make_proposal(db, wanted, carla)


def the_form(browser, wanted):
    """The proposal form of a request, filled in as it should be."""
    form = browser.get(f"/requests/{wanted.id}").form("proposal")
    [answer] = [name for name in form.fields if name.startswith("answer_")]
    return form.fill(**TERMS, **{answer: "In Seville, at home."})


# Sending one.


def test_coach_sends_a_proposal(browser, db, wanted, carla):
    answer = the_form(browser.as_(carla), wanted).submit("send")
    proposal = db.query(Proposal).one()
    assert answer.leads_to(f"/proposals/{proposal.id}")
    page = answer.follow()
    assert page.is_good and page.says("$18.50") and page.says("$111") and page.says("Not yet")
    assert page.says("In Seville, at home.")


def test_coach_sends_a_proposal_with_htmx(browser, db, wanted, carla):
    answer = the_form(browser.as_(carla), wanted).submit("send", htmx=True)
    assert answer.is_good and answer.one("#proposal") and answer.says("Your proposal")
    assert not answer.has("form[action$='/proposals']")
    assert db.query(Proposal).one().coach_id == carla.id


def test_coach_needs_no_action_field_to_send(browser, db, wanted, carla):
    question = the_form(browser.as_(carla), wanted).fields
    [answer_field] = [name for name in question if name.startswith("answer_")]
    answer = browser.as_(carla).post(
        f"/requests/{wanted.id}/proposals", {**TERMS, answer_field: "At home."}
    )
    assert answer.status == 303 and db.query(Proposal).count() == 1


def test_coach_gets_a_wrong_form_back_as_it_was_typed(browser, db, wanted, carla):
    form = the_form(browser.as_(carla), wanted).fill(sessions="99", message="Hello", link_2="ftp:")
    for htmx in (False, True):
        answer = form.submit("send", htmx=htmx)
        assert answer.is_redisplay
        assert answer.error_of("sessions") and answer.error_of("link_2")
        assert "Write at least 100 characters" in answer.error_of("message")
        again = answer.form("proposal")
        assert again.value("message") == "Hello" and again.value("price") == "18.50"
    assert db.query(Proposal).count() == 0


def test_student_cannot_propose_to_herself_nor_a_new_coach_to_anybody(
    browser, db, wanted, sofia, noor, dora
):
    address = f"/requests/{wanted.id}/proposals"
    assert browser.as_(sofia).post(address, TERMS).is_not_allowed
    assert browser.as_(noor).post(address, TERMS).is_not_allowed
    assert browser.as_guest().post(address, TERMS).asks_to_sign_in
    own = make_request(db, dora)
    assert browser.as_(dora).post(f"/requests/{own.id}/proposals", TERMS).is_not_allowed
    assert db.query(Proposal).count() == 0


def test_coach_is_told_that_a_request_she_knows_has_ended(browser, db, wanted, carla):
    form = the_form(browser.as_(carla), wanted)
    wanted.status = RequestStatus.FILLED
    make_proposal(db, wanted, carla, status=ProposalStatus.WITHDRAWN)
    answer = form.submit("send")
    assert answer.is_conflict and answer.says("no longer open") and answer.says(PLAN)


def test_coach_with_a_living_proposal_is_told_so(browser, wanted, carla, cole, carlas_proposal):
    form = the_form(browser.as_(cole), wanted)
    assert form.submit("send").status == 303
    answer = form.fill(message=PLAN + " Again.").submit("send")
    assert answer.is_conflict  # the same form, other words
    assert not browser.as_(carla).get(f"/requests/{wanted.id}").has("form#proposal")
    answer = browser.as_(carla).post(
        f"/requests/{wanted.id}/proposals", [(k, str(v)) for k, v in form_pairs(form)]
    )
    assert answer.is_conflict and answer.says("already sent")


def form_pairs(form):
    return [(name, value) for name, value in form._pairs() if name != "form_key"]


def test_coach_sends_the_same_form_twice_and_one_arrives(browser, db, wanted, carla):
    form = the_form(browser.as_(carla), wanted)
    first, second = form.submit("send"), form.submit("send")
    assert first.location == second.location
    assert db.query(Proposal).count() == 1


# The total.


@pytest.mark.parametrize("htmx", [False, True])
def test_coach_sees_the_total_before_sending(browser, db, wanted, carla, htmx):
    form = the_form(browser.as_(carla), wanted).fill(message="Not finished")
    answer = form.submit("total", htmx=htmx)
    assert answer.is_good
    total = " ".join(answer.texts("#total"))
    assert "6 sessions × $18.50" in total
    assert "$111" in total and "$11.10" in total and "$99.90" in total
    again = answer.form("proposal")
    assert again.value("message") == "Not finished" and again.value("minutes") == "50"
    assert db.query(Proposal).count() == 0
    # The same form, first looked at and then sent.
    assert form.fill(message=PLAN).submit("send").status == 303


def test_coach_sees_the_total_change(browser, wanted, carla):
    address = f"/requests/{wanted.id}/proposals/total?sessions=3&price=18"
    answer = browser.as_(carla).htmx.get(address)
    assert answer.one("#total") and answer.says("$48.60")
    page = browser.as_(carla).get(address)
    assert page.says("$48.60") and page.has(f"a[href='/requests/{wanted.id}']")
    assert browser.as_(carla).get(address.split("?")[0]).says("Give the sessions and a price")


# Taking it back.


def test_coach_takes_it_back(browser, db, wanted, carla, carlas_proposal):
    page = browser.as_(carla).get(f"/proposals/{carlas_proposal.id}")
    answer = page.form(f"/proposals/{carlas_proposal.id}/withdraw").submit()
    assert answer.leads_to(f"/proposals/{carlas_proposal.id}")
    page = answer.follow()
    assert page.says("Withdrawn") and page.has(f"a.btn[href='/requests/{wanted.id}']")
    assert browser.as_(carla).get(f"/requests/{wanted.id}").has("form#proposal")


def test_coach_takes_it_back_with_htmx(browser, carla, carlas_proposal):
    answer = browser.as_(carla).htmx.post(f"/proposals/{carlas_proposal.id}/withdraw")
    assert answer.is_good and answer.one("#proposal") and answer.says("Withdrawn")


def test_student_cannot_take_it_back(browser, sofia, sam, carlas_proposal):
    address = f"/proposals/{carlas_proposal.id}/withdraw"
    assert browser.as_(sofia).post(address).is_not_allowed
    assert browser.as_(sam).post(address).is_not_found


def test_coach_cannot_take_back_what_was_accepted(browser, carla, carlas_proposal):
    carlas_proposal.status = ProposalStatus.ACCEPTED
    assert browser.as_(carla).post(f"/proposals/{carlas_proposal.id}/withdraw").is_conflict


@pytest.mark.parametrize("status", [ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED])
def test_coach_takes_back_what_waits(browser, db, wanted, carla, cole, sofia, status):
    proposal = make_proposal(db, wanted, carla, status=status)
    address = f"/proposals/{proposal.id}/withdraw"
    assert browser.as_(sofia).post(address).is_not_allowed
    assert browser.as_(cole).post(address).is_not_found
    assert proposal.status is status
    assert browser.as_(carla).post(address).status == 303
    assert proposal.status is ProposalStatus.WITHDRAWN and proposal.ended_at


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ProposalStatus.DRAFT, "has not been sent yet"),
        (ProposalStatus.ACCEPTED, "has accepted this proposal"),
        (ProposalStatus.DECLINED, "has said no to this proposal"),
        (ProposalStatus.WITHDRAWN, "have taken this proposal back"),
        (ProposalStatus.NOT_SELECTED, "Someone else was chosen"),
        (ProposalStatus.EXPIRED, "ended without an answer"),
    ],
)
def test_coach_is_told_why_it_cannot_be_taken_back_any_more(
    browser, db, wanted, carla, status, words
):
    proposal = make_proposal(db, wanted, carla, status=status)
    answer = browser.as_(carla).post(f"/proposals/{proposal.id}/withdraw")
    assert answer.is_conflict and answer.says(words) and proposal.status is status


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ProposalStatus.DECLINED, "The student has said no"),
        (ProposalStatus.ACCEPTED, "already sent"),
        (ProposalStatus.NOT_SELECTED, "already sent"),
        (ProposalStatus.EXPIRED, "already sent"),
        (ProposalStatus.SHORTLISTED, "already sent"),
    ],
)
def test_coach_sends_no_second_one_after_an_answer(browser, db, wanted, carla, status, words):
    form = the_form(browser.as_(carla), wanted)
    make_proposal(db, wanted, carla, status=status)
    answer = form.submit("send")
    assert answer.is_conflict and answer.says(words) and answer.says(PLAN)
    assert db.query(Proposal).count() == 1


@pytest.mark.parametrize("status", [RequestStatus.PAUSED, RequestStatus.CLOSED])
def test_coach_proposes_once_more_only_while_it_is_open(browser, db, wanted, carla, status):
    form = the_form(browser.as_(carla), wanted)
    make_proposal(db, wanted, carla, status=ProposalStatus.WITHDRAWN)
    wanted.status = status
    assert form.submit("send").is_conflict and db.query(Proposal).count() == 1
    wanted.status = RequestStatus.OPEN
    assert form.submit("send").status == 303
    assert db.query(Proposal).count() == 2


# What the coach is shown of the student's doings.


def test_coach_sees_that_it_was_read_and_shortlisted(browser, db, wanted, carla):
    proposal = make_proposal(db, wanted, carla)
    address = f"/proposals/{proposal.id}"
    assert browser.as_(carla).get(address).says("Not yet")
    proposal.first_viewed_at, proposal.status = now(), ProposalStatus.SHORTLISTED
    page = browser.as_(carla).get(address)
    assert page.says("Seen by the student") and not page.says("Not yet")
    assert page.says("Shortlisted") and page.says("thinks about choosing you")
    proposal.status, proposal.decline_reason = ProposalStatus.DECLINED, "price"
    assert browser.as_(carla).get(address).says("The price")


def test_coach_with_an_unconfirmed_address_keeps_a_draft(browser, db, wanted, carla):
    carla.email_confirmed_at = None
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.has("#proposal button[value=save]") and not page.has("#proposal button[value=send]")
    assert page.form("proposal").fill(message="Later").submit("save").status == 303
    assert browser.as_(carla).post(f"/requests/{wanted.id}/proposals", TERMS).is_not_allowed
    assert db.query(Proposal).one().status is ProposalStatus.DRAFT


# A coach's own.


def test_coach_lists_her_proposals(browser, db, sofia, carla, carlas_proposal):
    other = make_request(db, sofia, title="Read a lease in Spanish")
    make_proposal(db, other, carla, status=ProposalStatus.DECLINED, decline_reason="price")
    page = browser.as_(carla).get("/proposals")
    assert page.texts("#sent-list h2")[0] == "Read a lease in Spanish"
    assert page.texts(".tabs a")[0] == "All sent 2" and page.says("The price")
    page = browser.as_(carla).get("/proposals?status=declined")
    assert len(page.all("#sent-list li")) == 1
    assert browser.as_(carla).get("/proposals?status=nonsense").is_not_found


def test_coach_pages_through_her_proposals(browser, db, sofia, carla):
    for number in range(21):
        make_proposal(db, make_request(db, sofia, title=f"Request number {number}"), carla)
    page = browser.as_(carla).get("/proposals")
    assert len(page.all("#sent-list li")) == 20
    more = page.click("Show 20 more")
    assert more.texts("#sent-list h2") == ["Request number 0"]
    assert browser.as_(carla).htmx.get("/proposals").one("#sent")


def test_coach_with_none_is_shown_the_way(browser, cole):
    assert browser.as_(cole).get("/proposals").has("#sent a[href='/requests']")


@pytest.mark.parametrize("key", ["0", "abc", "9" * 19, "1e3", "%00"])
def test_nonsense_is_not_found(browser, carla, key):
    assert browser.as_(carla).get(f"/proposals/{key}").is_not_found


@pytest.mark.parametrize("ended", [RequestStatus.FILLED, RequestStatus.CLOSED])
def test_dora_is_told_that_the_request_she_read_has_ended(browser, db, wanted, dora, ended):
    form = the_form(browser.as_(dora), wanted)
    wanted.status = ended
    answer = form.submit("send")
    assert answer.is_conflict and answer.says("no longer open") and answer.says(PLAN)
    assert browser.as_(dora).get(f"/requests/{wanted.id}").is_not_found


@pytest.mark.parametrize("never", [RequestStatus.DRAFT, RequestStatus.REMOVED])
def test_dora_is_not_told_of_a_request_she_cannot_have_read(browser, db, wanted, dora, never):
    wanted.status = never
    assert browser.as_(dora).post(f"/requests/{wanted.id}/proposals", TERMS).is_not_found
