import pytest

from db.models.accounts import Side
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from tests.factories import make_coach, make_proposal, make_request


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, questions=("Where did you learn?",))


@pytest.fixture
def carlas_proposal(db, wanted, carla):
    return make_proposal(db, wanted, carla)


VERSION = {"version": "1"}
MESSAGE = "We would speak from the first minute, and correct as we go."


# What the student sees.


def test_student_compares_what_was_sent(browser, db, wanted, sofia, carla, cole):
    make_proposal(
        db, wanted, carla, links=["https://carla.example/a"], message="<b>Hello</b> " + MESSAGE
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
    answer = browser.as_(sofia).htmx.post(f"/proposals/{carlas_proposal.id}/accept", VERSION)
    assert answer.is_good and answer.one("#proposals") and answer.one("#request-status")
    assert answer.says("You chose Carla Ruiz") and answer.says("$108 in total")
    assert answer.has(f"#proposals a[href='/messages/{db.query(Thread).one().id}']")
    page = answer.click("See all proposals")
    assert page.texts("article .badge") == ["Accepted", "Not selected"]


def test_coach_cannot_accept_her_own_proposal(browser, carla, cole, carlas_proposal):
    address = f"/proposals/{carlas_proposal.id}/accept"
    assert browser.as_(carla).post(address).is_not_allowed
    assert browser.as_(cole).post(address).is_not_found
    assert browser.as_guest().post(address).asks_to_sign_in


def test_student_cannot_accept_what_was_taken_back(browser, sofia, carlas_proposal):
    carlas_proposal.status = ProposalStatus.WITHDRAWN
    answer = browser.as_(sofia).post(f"/proposals/{carlas_proposal.id}/accept", VERSION)
    assert answer.is_conflict and answer.says("The coach has withdrawn this proposal")


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
    assert answer.is_redisplay and answer.error_of("reason").endswith("Choose one.")
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


def test_a_person_with_both_sides_sees_each_by_relation(browser, db, wanted, sofia, dora):
    proposal = make_proposal(db, wanted, dora)
    dora.role_view = Side.STUDENT
    assert browser.as_(dora).get(f"/proposals/{proposal.id}").has("#proposal")
    page = browser.as_(sofia).get(f"/proposals/{proposal.id}")
    assert page.has("form[action$='/accept']") and not page.has("#proposal")
