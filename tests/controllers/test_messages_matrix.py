"""Matrix A of the rules, cell by cell, by every door: open, send, poll, list, count.

What each person may do never depends on the side anybody happens to look from.
"""

from itertools import product

import pytest

from app.clock import now
from db.models.accounts import AccountStatus, Side
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from tests.factories import (
    make_block,
    make_coach,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)

VIEWS = list(product(Side, Side))
NEUTRAL = "Messages cannot be sent in this thread at the moment."
BEGINS = (
    "You can write here once the student has written to you, invited you or accepted your proposal."
)
# state of the pair → (student may write, coach may write)
CELLS = {
    "the student wrote first": (True, True),
    "the student invited the coach": (True, True),
    "the student accepted a proposal": (True, True),
    "nobody has made contact": (True, False),
    "the coach is no longer approved": (True, True),
    "the student is suspended": (False, False),
    "the coach is suspended": (False, False),
    "the student blocked the coach": (False, False),
    "the coach blocked the student": (False, False),
    "they blocked each other": (False, False),
    "nobody has made contact, and the student blocked the coach": (False, False),
}
# What lists the thread of a pair, and finds it by their words: one address more, one door more.
LISTS = ("/messages",)


@pytest.fixture(params=VIEWS, ids=lambda views: "-".join(views))
def pair(request, db):
    """A student and a coach who both have two sides and look from wherever they like."""
    people = []
    for name, view in zip(("Sofia", "Carla"), request.param, strict=True):
        person = make_student(db, make_coach(db))
        person.first_name, person.role_view = name, view
        people.append(person)
    return people


def in_state(db, student, coach, state):
    contact = {"student_wrote_at": None, "invited_at": None}
    if state == "the student invited the coach":
        contact["invited_at"] = now()
    elif state == "the student accepted a proposal":
        wanted = make_request(db, student)
        accepted = make_proposal(db, wanted, coach, status=ProposalStatus.ACCEPTED)
        contact["proposal_id"] = accepted.id
    elif not state.startswith("nobody has made contact"):
        del contact["student_wrote_at"]
    thread = make_thread(db, student, coach, **contact)
    make_message(db, thread, coach if "student_wrote_at" in contact else student, "From before")
    change(db, student, coach, state)
    return thread


def change(db, student, coach, state):
    """What has come between the two."""
    if state == "the coach is no longer approved":
        db.get(CoachProfile, coach.id).status = CoachStatus.SUSPENDED
    elif state == "the student is suspended":
        student.status = AccountStatus.SUSPENDED
    elif state == "the coach is suspended":
        coach.status = AccountStatus.SUSPENDED
    if "student blocked the coach" in state or "each other" in state:
        make_block(db, student, coach)
    if "coach blocked the student" in state or "each other" in state:
        make_block(db, coach, student)


# Going on.


@pytest.mark.parametrize("state", CELLS)
def test_the_cell_holds_by_every_door(browser, db, pair, state):
    thread = in_state(db, *pair, state)
    # The coach first: the student's own words would open the conversation.
    for person, may in reversed([*zip(pair, CELLS[state], strict=True)]):
        sides, address = browser.as_(person), f"/messages/{thread.id}"
        before = db.query(Message).count()
        if person.status is AccountStatus.SUSPENDED:
            for path in (address, f"{address}/new", *LISTS):
                assert sides.get(path).asks_to_sign_in
            assert sides.post(address, {"text": "Hello"}).asks_to_sign_in
            assert db.query(Message).count() == before
            continue
        is_listed(sides, thread, person)
        page = sides.get(address)
        assert page.says("From before"), "the history stays readable"
        assert page.has("#composer textarea") is may
        polls(sides, thread, person, may)
        answer = sides.post(address, {"text": "Hello"})
        assert answer.leads_to(address) if may else answer.is_not_allowed
        assert db.query(Message).count() == before + may


def is_listed(sides, thread, person):
    """In the lists of its side, with what is unread, whether one may write there or not."""
    looks = person.role_view is thread.side_of(person.id)
    unread = thread.last_number - thread.read_by(person.id)
    for path in LISTS:
        page = sides.get(path)
        assert page.has(f"a[href='/messages/{thread.id}']") is looks
        told = page.one("#unread").get_text().strip()
        assert told == ("unread: 1" if looks and unread else "")
        assert page.texts(".conv .count") == ([f"unread: {unread}"] if looks and unread else [])


def polls(sides, thread, person, may):
    """The words come in any case; the composer follows what is allowed."""
    address = f"/messages/{thread.id}/new"
    assert sides.htmx.get(f"{address}?after=0").says("From before")
    known = f"{thread.last_number}.{thread.read_by_other(person.id)}"
    assert sides.htmx.get(f"{address}?after={known}.{int(may)}").is_nothing_new
    turned = sides.htmx.get(f"{address}?after={known}.{int(not may)}")
    assert turned.has("hx-partial #composer") and turned.has("textarea") is may


@pytest.mark.parametrize("state", [state for state, may in CELLS.items() if may == (False, False)])
def test_the_words_for_it_are_neutral(browser, db, pair, state):
    thread = in_state(db, *pair, state)
    for person in pair:
        if person.status is AccountStatus.SUSPENDED:
            continue
        page = browser.as_(person).get(f"/messages/{thread.id}")
        answer = browser.as_(person).post(f"/messages/{thread.id}", {"text": "Hello"})
        assert answer.says(NEUTRAL)
        has_blocked = page.has("form[action$='/unblock']")
        assert page.one("#composer").get_text() == NEUTRAL or has_blocked
        assert has_blocked is (f"{side_of(person, pair)} blocked" in state or "each" in state)
        for said in (page, answer):
            assert "uspended" not in said.text
            assert has_blocked or "blocked" not in said.text


def side_of(person, pair):
    return "student" if person is pair[0] else "coach"


def test_a_coach_without_contact_reads_how_it_begins(browser, db, pair):
    thread = in_state(db, *pair, "nobody has made contact")
    page = browser.as_(pair[1]).get(f"/messages/{thread.id}")
    assert page.one("#composer").get_text() == BEGINS
    assert "Sofia" not in page.text
    assert browser.as_(pair[1]).post(f"/messages/{thread.id}", {"text": "Hello"}).says(BEGINS)


def test_swapped_sides_are_another_thread_with_rules_of_its_own(browser, db, pair):
    student, coach = pair
    in_state(db, student, coach, "the student wrote first")
    swapped = make_thread(db, coach, student, student_wrote_at=None)
    address = f"/messages/{swapped.id}"
    assert browser.as_(student).post(address, {"text": "Hello"}).is_not_allowed
    assert browser.as_(coach).post(address, {"text": "Hello"}).leads_to(address)
    assert browser.as_(student).post(address, {"text": "Hello"}).leads_to(address)


# Between the page and its form.


def test_no_flip_of_a_role_view_changes_a_verdict(browser, db, pair):
    thread = in_state(db, *pair, "nobody has made contact")
    address = f"/messages/{thread.id}"
    for flipped, student_may, coach_may in ((0, True, False), (1, True, True)):
        for person, may in ((pair[1], coach_may), (pair[0], student_may)):
            page = browser.as_(person).get(address)
            assert page.has("#composer textarea") is may
            flip(browser, pair[flipped]), flip(browser, person)
            answer = browser.as_(person).post(address, {"text": "Hello"})
            assert answer.leads_to(address) if may else answer.is_not_allowed


def flip(browser, person):
    other = Side.COACH if person.role_view is Side.STUDENT else Side.STUDENT
    assert browser.as_(person).post("/role", {"role": other}).status == 303


MEANWHILE = {
    "the student is suspended": AccountStatus.SUSPENDED,
    "the student blocked the coach": None,
    "the coach blocked the student": None,
    "they blocked each other": None,
}


@pytest.mark.parametrize("state", MEANWHILE)
def test_what_came_between_the_two_meanwhile_decides(browser, db, sofia, carla, state):
    thread = in_state(db, sofia, carla, "the student wrote first")
    address = f"/messages/{thread.id}"
    open_page = browser.as_(carla).get(address)
    change(db, sofia, carla, state)
    answer = open_page.form("composer").fill(text="Hello").submit()
    assert answer.is_not_allowed and answer.says(NEUTRAL) and answer.says("Hello")
    assert db.query(Message).count() == 1
    closed_page = browser.as_(carla).get(address)
    assert not closed_page.has("textarea")
    sofia.status = AccountStatus.ACTIVE
    for person in (sofia, carla):
        browser.as_(person).post(f"{address}/unblock")
    assert open_page.form("composer").fill(text="Hello").submit().leads_to(address)
    assert db.query(Message).count() == 2


# Starting.

STARTS = {
    "an approved coach": 303,
    "a coach without approval": 404,
    "a suspended coach": 404,
    "a coach the student blocked": 403,
    "a coach who blocked the student": 403,
}


@pytest.mark.parametrize("view", list(Side))
@pytest.mark.parametrize("whom", STARTS)
def test_who_may_be_written_to_first(browser, db, dora, carla, whom, view):
    dora.role_view = view
    if whom == "a coach without approval":
        change(db, dora, carla, "the coach is no longer approved")
    elif whom == "a suspended coach":
        change(db, dora, carla, "the coach is suspended")
    elif whom == "a coach the student blocked":
        make_block(db, dora, carla)
    elif whom == "a coach who blocked the student":
        make_block(db, carla, dora)
    page = browser.as_(dora).get("/coaches/carla-ruiz/message")
    assert page.has("textarea") is (STARTS[whom] == 303)
    answer = browser.as_(dora).post("/coaches/carla-ruiz/message", {"text": "Hello"})
    assert answer.status == STARTS[whom]
    assert db.query(Thread).count() == db.query(Message).count() == (STARTS[whom] == 303)


@pytest.mark.parametrize("status", [one for one in CoachStatus if one is not CoachStatus.APPROVED])
def test_a_coach_who_is_not_approved_is_not_there_to_be_written_to(
    browser, db, sofia, carla, status
):
    page = browser.as_(sofia).get("/coaches/carla-ruiz/message")
    db.get(CoachProfile, carla.id).status = status
    assert page.form("first-message").fill(text="Hello").submit().is_not_found
    thread = make_thread(db, sofia, carla)
    assert browser.as_(sofia).post(f"/messages/{thread.id}", {"text": "Hello"}).location


def test_nobody_writes_to_themselves_or_from_the_side_of_the_other(browser, db, dora, carla, cole):
    for view in Side:
        dora.role_view = view
        answer = browser.as_(dora).post("/coaches/dora-lindqvist/message", {"text": "Hello"})
        assert answer.is_not_allowed and answer.says("You cannot write to yourself.")
    answer = browser.as_(carla).post("/coaches/cole-bennett/message", {"text": "Hello"})
    assert answer.is_not_allowed and answer.says("from the student side")
    assert db.query(Thread).count() == 0


def test_a_coach_has_no_door_to_a_student_who_made_no_contact(browser, db, sofia, carla):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla)
    for path in (f"/students/{sofia.id}/message", f"/requests/{wanted.id}/message"):
        assert browser.as_(carla).post(path, {"text": "Hello"}).is_not_found
    assert not browser.as_(carla).get(f"/requests/{wanted.id}").has("[href$='/message']")


def test_a_suspended_student_starts_nothing_and_goes_on_once_restored(browser, db, sofia, carla):
    page = browser.as_(sofia).get("/coaches/carla-ruiz/message").form("first-message")
    page.fill(text="Hello")
    sofia.status = AccountStatus.SUSPENDED
    assert page.submit().asks_to_sign_in
    sofia.status = AccountStatus.ACTIVE
    assert page.submit().status == 303
    assert db.query(Message).count() == 1
