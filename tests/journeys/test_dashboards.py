"""Home refreshes itself under one's hands: focus, open details and the place in the page stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import now
from db.models.accounts import Account, Side
from db.models.learning_requests import LearningRequest
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.factories import (
    make_account,
    make_coach,
    make_message,
    make_proposal,
    make_student,
    make_thread,
)

FOCUSED = "document.activeElement.href"
TOP = "document.activeElement.getBoundingClientRect().top"
ASKS = "tile => htmx.trigger('#home-' + tile, 'poll', {}, false)"


@pytest.fixture
def person(world):
    def named(db, name):
        return db.scalars(select(Account).filter_by(email=f"{name}@skileez.example")).one()

    return named


def ask(page, side, tile):
    """Let a tile ask now, as its clock would."""
    with page.expect_response(f"**/dashboard/{side}/{tile}") as answer:
        page.evaluate(ASKS, tile)
    return answer.value.status


def test_what_waits_comes_ahead_of_what_sam_is_about_to_press(open_as, world, person):
    page = open_as("sam", device="phone")
    page.goto("/dashboard")
    page.locator("details:has-text('Why')").first.locator("summary").click()
    page.locator("#home-waiting a", has_text="Read them").first.focus()
    page.evaluate("document.activeElement.closest('li').scrollIntoView()")
    before = page.evaluate(FOCUSED), page.evaluate(TOP)
    assert ask(page, "student", "waiting") == 204
    with world.writing() as db:
        sam = person(db, "sam")
        wanted = db.get_one(LearningRequest, int(before[0].split("/")[-2]))
        make_proposal(db, wanted, make_coach(db))
        contract = make_contract(db, sam, make_coach(db, make_account(db, first_name="Ximena")))
        long_ago = on_the_slot(now() - timedelta(hours=71))
        bring(db, contract, 1, to=SessionStatus.ENDED, starts_at=long_ago)
    page.evaluate(ASKS, "waiting")
    page.get_by_text("Did session 1 with Ximena take place?").wait_for()
    assert page.evaluate(FOCUSED) == before[0]
    assert abs(page.evaluate(TOP) - before[1]) < 2
    assert page.locator("details[open]:has-text('Why')").count() == 1


def test_what_carla_has_in_hand_stays_when_what_stands_ahead_of_it_goes(open_as, world, person):
    with world.writing() as db:
        carla = person(db, "carla")
        contract = make_contract(db, make_student(db, make_account(db, first_name="Yara")), carla)
        soon = on_the_slot(now() + timedelta(hours=2))
        offer = bring(
            db, contract, 1, to=SessionStatus.PROPOSED, offered_by=Side.STUDENT, starts_at=soon
        )
    page = open_as("carla")
    page.goto("/dashboard")
    page.get_by_text("Yara offers a time for session 1").wait_for()
    page.locator("#home-waiting a.conv").last.focus()
    before = page.evaluate(FOCUSED)
    with world.writing() as db:
        bring(db, contract, 1, to=SessionStatus.UNSCHEDULED)
        carla, student = (
            person(db, "carla"),
            make_student(db, make_account(db, first_name="Zoltan")),
        )
        make_message(db, make_thread(db, student, carla), student, "Hello")
    assert offer.id and ask(page, "coach", "waiting") == 200
    page.get_by_text("Zoltan").wait_for()
    assert page.get_by_text("Yara offers a time").count() == 0
    assert page.evaluate(FOCUSED) == before
