"""Matrix A of the rules, cell by cell, by every door: open, send, poll, list, count.

What each person may do never depends on the side anybody happens to look from.
"""

from itertools import product

import pytest

from db.models.accounts import AccountStatus, Side
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from tests.factories import (
    make_coach,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)

VIEWS = list(product(Side, Side))

# state of the pair → (student may write, coach may write)
CELLS = {
    "the student wrote first": (True, True),
    "the student accepted a proposal": (True, True),
    "nobody has made contact": (True, False),
    "the coach is no longer approved": (True, True),
    "the student is suspended": (False, False),
    "the coach is suspended": (False, False),
}


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
    wrote = None if state in ("nobody has made contact", "the student accepted a proposal") else 1
    thread = make_thread(db, student, coach, **({} if wrote else {"student_wrote_at": None}))
    make_message(db, thread, student if wrote else coach, "Words from before")
    if state == "the student accepted a proposal":
        wanted = make_request(db, student)
        accepted = make_proposal(db, wanted, coach, status=ProposalStatus.ACCEPTED)
        thread.proposal_id = accepted.id
    elif state == "the coach is no longer approved":
        db.get(CoachProfile, coach.id).status = CoachStatus.SUSPENDED
    elif state == "the student is suspended":
        student.status = AccountStatus.SUSPENDED
    elif state == "the coach is suspended":
        coach.status = AccountStatus.SUSPENDED
    return thread


@pytest.mark.parametrize("state", CELLS)
def test_the_cell_holds_by_every_door(browser, db, pair, state):
    thread = in_state(db, *pair, state)
    # The coach first: the student's own words would open the conversation.
    for person, may in reversed([*zip(pair, CELLS[state], strict=True)]):
        sides, address = browser.as_(person), f"/messages/{thread.id}"
        before = db.query(Message).count()
        if person.status is AccountStatus.SUSPENDED:
            assert sides.get(address).asks_to_sign_in
            assert sides.post(address, {"text": "Hello"}).asks_to_sign_in
            assert db.query(Message).count() == before
            continue
        page = sides.get(address)
        assert page.says("Words from before"), "the history stays readable"
        assert page.has("#composer textarea") is may
        assert page.has("p#composer") is not may
        assert sides.htmx.get(f"{address}/new?after=0").says("Words from before")
        answer = sides.post(address, {"text": "Hello"})
        assert answer.leads_to(address) if may else answer.is_not_allowed
        assert db.query(Message).count() == before + may


@pytest.mark.parametrize("state", ["the student is suspended", "the coach is suspended"])
def test_the_words_for_it_are_neutral(browser, db, pair, state):
    thread = in_state(db, *pair, state)
    [other] = [person for person in pair if person.status is AccountStatus.ACTIVE]
    page = browser.as_(other).get(f"/messages/{thread.id}")
    assert (
        page.one("#composer").get_text() == "Messages cannot be sent in this thread at the moment."
    )
    assert "uspended" not in page.text


def test_a_coach_without_contact_reads_how_it_begins(browser, db, pair):
    thread = in_state(db, *pair, "nobody has made contact")
    page = browser.as_(pair[1]).get(f"/messages/{thread.id}")
    assert "once the student has written to you" in page.one("#composer").get_text()
    assert "Sofia" not in page.text


def test_lists_and_counts_follow_the_role_view_and_the_thread_opens_all_the_same(browser, db, pair):
    student, coach = pair
    thread = in_state(db, student, coach, "the student wrote first")
    make_message(db, thread, student)
    for person, side in ((student, Side.STUDENT), (coach, Side.COACH)):
        looks = person.role_view is side
        page = browser.as_(person).get("/messages")
        assert page.has(f"a[href='/messages/{thread.id}']") is looks
        waiting = page.one("#unread").get_text()
        assert waiting == ("unread: 1" if looks and person is coach else "")
        assert browser.as_(person).get(f"/messages/{thread.id}").is_good


def test_swapped_sides_are_another_thread_with_rules_of_its_own(browser, db, pair):
    student, coach = pair
    in_state(db, student, coach, "the student wrote first")
    swapped = make_thread(db, coach, student, student_wrote_at=None)
    address = f"/messages/{swapped.id}"
    assert browser.as_(student).post(address, {"text": "Hello"}).is_not_allowed
    assert browser.as_(coach).post(address, {"text": "Hello"}).leads_to(address)
    assert browser.as_(student).post(address, {"text": "Hello"}).leads_to(address)
