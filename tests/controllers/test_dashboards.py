"""Home: only what is true, and every figure is the length of its list."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.clock import now
from db.models.accounts import Side
from db.models.learning_requests import RequestStatus
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from db.queries.proposal_states import ProposalState
from tests.contract_factories import make_contract
from tests.factories import (
    make_bookmark,
    make_coach,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)


@pytest.fixture
def queries(database):
    """How many statements the pages ask, counted."""
    asked = []
    engines = {database.engine, database.reading_engine}

    def count(connection, cursor, statement, *_):
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    yield asked
    for engine in engines:
        event.remove(engine, "before_cursor_execute", count)


def of(person, side):
    person.role_view = side
    return person


# The coach's side.


def test_carla_sees_what_waits_for_her(browser, db, carla, sofia, sam):
    contract = make_contract(db, sofia, carla)
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Would Thursday suit you?")
    make_message(db, make_thread(db, sam, carla), carla, "Already answered.")
    make_contract(db, sam, carla, title="Long ago", created_at=now() - timedelta(days=60))
    page = browser.as_(carla).get("/dashboard")
    assert page.says("Would Thursday suit you?") and not page.says("Already answered.")
    assert page.has(f"a[href='/messages/{thread.id}']")
    assert page.has(f"a[href='/contracts/{contract.id}']") and not page.says("Long ago")
    assert not page.says("Okafor")


def test_every_figure_of_carlas_is_the_length_of_its_list(browser, db, carla):
    student = make_student(db)
    for status in ProposalStatus:
        make_proposal(db, make_request(db, student), carla, status=status)
    for _ in range(2):
        make_proposal(db, make_request(db, student), carla, first_viewed_at=now())
    for title in ("One", "Two", "Three", "Four"):
        make_bookmark(db, make_request(db, student, title=title, skills=("Law",)), carla)
    soon = make_request(db, student, skills=("Law",), expires_at=now() + timedelta(days=2))
    make_bookmark(db, soon, carla)
    make_request(db, student)
    make_request(db, student, skills=("Juggling",))
    hers = browser.as_(carla)
    page = hers.get("/dashboard")
    figures = {}
    for link in page.all("main a[href^='/proposals?'], main a[href='/proposals']"):
        digits = [word for word in link.get_text(" ").split() if word.isdigit()]
        figures[link["href"]] = int(digits[0])
    assert len(figures) == len(ProposalState) + 1  # each has one, and all have
    for path, figure in figures.items():
        assert len(hers.get(path).all("#sent-list > li")) == figure, path
    assert page.texts("main a[href^='/bookmarks']") == [
        "5 bookmarks",
        "1 of them ends within 5 days",
    ]
    assert len(hers.get("/bookmarks").all("#list > li")) == 5
    assert len(hers.get("/bookmarks?ending=soon").all("#list > li")) == 1
    assert len(page.all("[aria-labelledby=matches] > ul > li")) == 2  # one with a draft


def test_dora_is_not_shown_her_own_request(browser, db, dora):
    make_request(db, dora, skills=("Piano",), title="My own piano")
    assert not browser.as_(of(dora, Side.COACH)).get("/dashboard").says("My own piano")


@pytest.mark.parametrize("status", [status for status in CoachStatus if status != "approved"])
def test_carla_reads_where_her_application_stands(browser, db, carla, sofia, status):
    make_request(db, sofia)
    db.get(CoachProfile, carla.id).status = status
    page = browser.as_(carla).get("/dashboard")
    assert page.says("Your application")
    assert not page.says("Good matches for you")


def test_a_new_coach_has_a_true_empty_home(browser, db):
    page = browser.as_(make_coach(db)).get("/dashboard")
    assert page.says("Nothing just now") and page.says("Requests you bookmark appear here")
    assert not page.has("main a[href^='/proposals']")


# The student's side.


def test_sofia_sees_what_waits_for_her(browser, db, sofia, carla, cole):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla)
    make_proposal(db, wanted, cole, status=ProposalStatus.SHORTLISTED)
    draft = make_request(db, sofia, status=RequestStatus.DRAFT, title="Tax words")
    make_message(db, make_thread(db, sofia, carla), carla, "Shall we begin?")
    page = browser.as_(sofia).get("/dashboard")
    assert page.says("2 proposals for “Conversational Spanish before I move to Madrid”")
    assert page.has(f"a[href='/requests/{wanted.id}/proposals?show=waiting']")
    assert page.says("Carla Ruiz") and page.says("Shall we begin?")
    assert page.has(f"a[href='/requests/{draft.id}/edit']")
    assert page.says("days left") or page.says("months left")


def test_proposals_to_what_has_ended_do_not_wait(browser, db, sofia, carla):
    wanted = make_request(db, sofia, expires_at=now() - timedelta(minutes=1))
    make_proposal(db, wanted, carla)
    page = browser.as_(sofia).get("/dashboard")
    assert page.says("Nothing just now") and page.says("Expired")


def test_an_old_request_with_a_new_proposal_still_waits(browser, db, sofia, carla):
    old = make_request(db, sofia, title="The oldest of many requests")
    make_proposal(db, old, carla)
    for number in range(25):
        make_request(db, sofia, title=f"A later request, number {number}")
    assert browser.as_(sofia).get("/dashboard").says("1 proposal for “The oldest of many requests”")


def test_sam_is_shown_the_door_to_his_first_request(browser, sam):
    page = browser.as_(sam).get("/dashboard")
    assert page.click("Post your first request").is_good
    assert len(page.all("[aria-labelledby=first] > ul > li")) == 3


def test_dora_sees_each_side_apart(browser, db, dora, sofia, carla):
    make_message(db, make_thread(db, dora, carla), carla, "From her coach")
    make_message(db, make_thread(db, sofia, dora), sofia, "From her student")
    student = browser.as_(of(dora, Side.STUDENT)).get("/dashboard")
    assert student.says("From her coach") and not student.says("From her student")
    coach = browser.as_(of(dora, Side.COACH)).get("/dashboard")
    assert coach.says("From her student") and not coach.says("From her coach")


# Everybody.


def test_guest_and_sid_sign_in_first(browser, sid):
    assert browser.get("/dashboard").asks_to_sign_in
    assert browser.as_(sid).get("/dashboard").asks_to_sign_in


def test_mina_reads_a_sentence(browser, mina):
    page = browser.as_(mina).get("/dashboard")
    assert page.says("no student and no coach side")
    assert page.texts("nav.nav a") == ["Home", "Coaches", "Staff"]


def test_htmx_is_led_to_the_page(browser, sofia):
    assert browser.as_(sofia).htmx.get("/dashboard").headers["HX-Redirect"] == "/dashboard"


@pytest.mark.parametrize("side", list(Side))
def test_home_asks_at_most_twelve_things(browser, db, dora, queries, side):
    student, coach = make_student(db), make_coach(db)
    for number in range(8):
        wanted = make_request(db, student, skills=("Piano",), title=f"Piece number {number}")
        make_proposal(db, wanted, dora)
        make_proposal(db, make_request(db, dora), coach)
        make_bookmark(db, wanted, dora)
    for one, other in ((student, dora), (dora, coach)):
        make_contract(db, one, other, sessions=2)
    hers = browser.as_(of(dora, side))
    hers.get("/dashboard")
    queries.clear()
    assert hers.get("/dashboard").is_good
    assert 0 < len(queries) <= 10
