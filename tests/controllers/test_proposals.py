import pytest

from db.models.accounts import Side
from db.models.learning_requests import RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from db.models.threads import Thread
from tests.factories import make_coach, make_proposal, make_request

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


def test_coach_cannot_propose_to_a_filled_request_and_keeps_the_words(browser, db, wanted, carla):
    form = the_form(browser.as_(carla), wanted)
    wanted.status = RequestStatus.FILLED
    answer = form.submit("send")
    # A request that is no longer open is not found by coaches who never proposed to it.
    assert answer.is_not_found
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


# What the student sees.


def test_student_compares_what_was_sent(browser, db, wanted, sofia, carla, cole):
    make_proposal(
        db, wanted, carla, links=["https://carla.example/a"], message="<b>Hello</b> " + PLAN
    )
    make_proposal(db, wanted, cole, status=ProposalStatus.SHORTLISTED, price=2000)
    make_proposal(db, wanted, make_coach(db), status=ProposalStatus.WITHDRAWN)
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert page.texts("article h2")[:2] == ["Cole Bennett", "Carla Ruiz"]
    assert page.has("a[href='/coaches/carla-ruiz']") and page.says("$108")
    assert page.has("a[href='/coaches/carla-ruiz/message']")
    link = page.one("a[href='https://carla.example/a']")
    assert set(link["rel"]) == {"noopener", "noreferrer", "nofollow", "ugc"}
    assert link.get_text(strip=True) == "carla.example"
    assert "<b>Hello</b>" not in page.text


def test_student_finds_an_empty_list(browser, wanted, sofia):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert page.says("No proposals yet")


def test_students_first_look_is_told_to_the_coach(browser, db, wanted, sofia, carla):
    proposal = make_proposal(db, wanted, carla)
    browser.as_(carla).get(f"/proposals/{proposal.id}")
    db.refresh(proposal)
    assert proposal.first_viewed_at is None
    assert browser.as_(sofia).get(f"/requests/{wanted.id}/proposals").says("New")
    db.refresh(proposal)
    assert proposal.first_viewed_at
    page = browser.as_(carla).get(f"/proposals/{proposal.id}")
    assert not page.says("Not yet")


def test_student_pages_through_many(browser, db, wanted, sofia):
    for _ in range(25):
        make_proposal(db, wanted, make_coach(db))
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert len(page.all("article")) == 20
    assert len(page.click("Show 20 more").all("article")) == 5


def test_nobody_else_sees_the_list(browser, wanted, sam, carla, cole, carlas_proposal, mina):
    address = f"/requests/{wanted.id}/proposals"
    assert browser.as_(carla).get(address).is_not_allowed
    assert browser.as_(cole).get(address).is_not_allowed
    assert browser.as_(sam).get(address).is_not_found
    assert browser.as_(mina).get(address).is_not_found
    assert browser.as_guest().get(address).asks_to_sign_in


def test_no_coach_sees_a_rivals_proposal(browser, db, wanted, cole, carla, carlas_proposal):
    make_proposal(db, wanted, cole, price=4321)
    address = f"/proposals/{carlas_proposal.id}"
    for what in ("", "/accept", "/decline", "/withdraw"):
        ask = browser.as_(cole).post if what else browser.as_(cole).get
        assert ask(address + what).is_not_found
    for page in ("/proposals", f"/requests/{wanted.id}", "/requests", address):
        text = browser.as_(carla).get(page).text
        assert "Cole" not in text and "43.21" not in text


# Accepting.


def test_student_accepts_a_proposal(browser, db, wanted, sofia, cole, carlas_proposal):
    rival = make_proposal(db, wanted, cole)
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    form = page.form(f"/proposals/{carlas_proposal.id}/accept")
    assert "$108" in form.tag.get_text()
    answer = form.submit()
    assert answer.leads_to(f"/requests/{wanted.id}/proposals")
    page = answer.follow()
    assert page.says("You have accepted the proposal") and page.says("Filled")
    thread = db.query(Thread).one()
    assert page.has(f"a[href='/messages/{thread.id}']")
    assert not page.all("form[action$='/accept']") and not page.all("form[action$='/decline']")
    assert {carlas_proposal.status, rival.status} == {
        ProposalStatus.ACCEPTED,
        ProposalStatus.NOT_SELECTED,
    }


def test_student_accepts_with_htmx(browser, db, wanted, sofia, cole, carlas_proposal):
    make_proposal(db, wanted, cole)
    answer = browser.as_(sofia).htmx.post(f"/proposals/{carlas_proposal.id}/accept")
    assert answer.is_good and answer.one("#proposals") and answer.one("#request-status")
    assert answer.texts("article .badge") == ["Accepted", "Not selected"]


def test_coach_cannot_accept_her_own_proposal(browser, carla, cole, carlas_proposal):
    address = f"/proposals/{carlas_proposal.id}/accept"
    assert browser.as_(carla).post(address).is_not_allowed
    assert browser.as_(cole).post(address).is_not_found
    assert browser.as_guest().post(address).asks_to_sign_in


def test_student_cannot_accept_what_was_taken_back(browser, sofia, carlas_proposal):
    carlas_proposal.status = ProposalStatus.WITHDRAWN
    answer = browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/accept")
    assert answer.is_conflict and answer.says("already been answered")


# Saying no.


def test_student_declines_with_a_reason(browser, db, wanted, sofia, carla, carlas_proposal):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    answer = page.form(f"/proposals/{carlas_proposal.id}/decline").fill(reason="price").submit()
    assert answer.leads_to(f"/requests/{wanted.id}/proposals")
    assert answer.follow().says("Declined")
    page = browser.as_(carla).get(f"/proposals/{carlas_proposal.id}")
    assert page.says("Declined") and page.says("The price")


def test_student_declines_with_htmx(browser, sofia, carlas_proposal):
    answer = browser.as_(sofia).htmx.post(
        f"/proposals/{carlas_proposal.id}/decline", {"reason": "other"}
    )
    assert answer.is_good and answer.one(f"#proposal-{carlas_proposal.id}")
    assert answer.says("Declined")


@pytest.mark.parametrize("htmx", [False, True])
def test_student_must_give_a_reason(browser, db, wanted, sofia, carlas_proposal, htmx):
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    answer = page.form(f"/proposals/{carlas_proposal.id}/decline").submit(htmx=htmx)
    assert answer.is_redisplay and answer.error_of("reason").endswith("Fill this in.")
    db.refresh(carlas_proposal)
    assert carlas_proposal.is_pending


def test_only_the_owner_declines(browser, sam, carla, carlas_proposal):
    address = f"/proposals/{carlas_proposal.id}/decline"
    assert browser.as_(carla).post(address, {"reason": "other"}).is_not_allowed
    assert browser.as_(sam).post(address, {"reason": "other"}).is_not_found


def test_student_cannot_decline_twice(browser, sofia, carlas_proposal):
    address = f"/proposals/{carlas_proposal.id}/decline"
    assert browser.as_(sofia).post(address, {"reason": "other"}).status == 303
    assert browser.as_(sofia).post(address, {"reason": "other"}).is_conflict


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


# A coach's own.


def test_coach_lists_her_proposals(browser, db, sofia, carla, carlas_proposal):
    other = make_request(db, sofia, title="Read a lease in Spanish")
    make_proposal(db, other, carla, status=ProposalStatus.DECLINED, decline_reason="price")
    page = browser.as_(carla).get("/proposals")
    assert page.texts("#sent-list h2")[0] == "Read a lease in Spanish"
    assert page.texts(".tabs a")[0] == "All 2" and page.says("The price")
    page = browser.as_(carla).get("/proposals?status=declined")
    assert len(page.all("#sent-list li")) == 1
    assert browser.as_(carla).get("/proposals?status=draft").is_not_found
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


def test_a_person_with_both_sides_sees_each_by_relation(browser, db, wanted, sofia, dora):
    proposal = make_proposal(db, wanted, dora)
    dora.role_view = Side.STUDENT
    assert browser.as_(dora).get(f"/proposals/{proposal.id}").has("#proposal")
    page = browser.as_(sofia).get(f"/proposals/{proposal.id}")
    assert page.has("form[action$='/accept']") and not page.has("#proposal")


@pytest.mark.parametrize("key", ["0", "abc", "9" * 19, "1e3", "%00"])
def test_nonsense_is_not_found(browser, carla, key):
    assert browser.as_(carla).get(f"/proposals/{key}").is_not_found
