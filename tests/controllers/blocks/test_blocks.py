"""A block, as the one who makes it and the one who meets it see it."""

import pytest
from sqlalchemy import select

from db.models.accounts import AccountStatus
from db.models.blocks import Block
from db.models.events import Event
from db.models.invitations import Invitation
from db.models.messages import Message
from db.models.proposals import Proposal, ProposalStatus
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

NEUTRAL = "Messages cannot be sent in this thread at the moment."
# To who has blocked the coach, and to whom the coach has blocked.
CLOSED = {False: "You have blocked this coach.", True: "This coach cannot be written to"}
WORDS = "We would speak from the first minute, about markets and trains. " * 3
PROPOSAL = {"message": WORDS, "sessions": "6", "minutes": "60", "price": "18", "action": "send"}


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    make_message(db, thread, carla, "Hello Sofia")
    return thread


def address(thread):
    return f"/messages/{thread.id}"


# Blocking and taking it back.


def test_sofia_blocks_carla_from_the_menu_of_their_thread(browser, db, thread, sofia, carla):
    page = browser.as_(sofia).get(address(thread))
    block = page.one("details.menu #block")
    assert block.summary.get_text() == "Block Carla Ruiz"
    assert "Carla is not told" in block.get_text()
    page = page.form("block").submit().follow()
    assert page.says("Blocked. Neither of you can write to the other any more.")
    assert page.says("You have blocked Carla. Neither of you can write here.")
    assert page.says("Hello Sofia"), "the history stays readable"
    assert not page.has("textarea") and not page.has("#block")
    [made] = db.scalars(select(Block)).all()
    assert (made.blocker_id, made.blocked_id) == (sofia.id, carla.id)
    page = page.form("unblock").submit().follow()
    assert page.says("Unblocked.") and page.has("#composer textarea") and page.has("#block")
    assert db.query(Block).count() == 0
    events = db.scalars(select(Event).where(Event.subject == "block").order_by(Event.id)).all()
    assert [event.name for event in events] == ["block.created", "block.destroyed"]
    for event in events:
        assert (event.actor_id, event.subject_id) == (sofia.id, carla.id)
        assert event.detail == {"thread": thread.id}


def test_htmx_puts_the_thread_in_place(browser, db, thread, sofia):
    answer = browser.as_(sofia).htmx.post(f"{address(thread)}/block")
    assert answer.leads_to(address(thread)) and "HX-Location" in answer.headers
    answer = browser.as_(sofia).htmx.post(f"{address(thread)}/unblock")
    assert answer.leads_to(address(thread)) and "HX-Location" in answer.headers


def test_carla_reads_what_she_would_read_of_somebody_suspended(browser, db, thread, sofia, carla):
    sofia.status = AccountStatus.SUSPENDED
    suspended = browser.as_(carla).get(address(thread))
    sofia.status = AccountStatus.ACTIVE
    make_block(db, sofia, carla)
    blocked = browser.as_(carla).get(address(thread))
    assert blocked.one("#composer").get_text() == NEUTRAL
    assert str(blocked.one("#composer")) == str(suspended.one("#composer"))
    blocked.one("#block")
    assert "nblock" not in blocked.text and "have blocked" not in blocked.text
    answer = browser.as_(carla).post(address(thread), {"text": "Why?"})
    assert answer.is_not_allowed and answer.says(NEUTRAL) and answer.says("Why?")


def test_each_takes_back_only_their_own(browser, db, thread, sofia, carla):
    for person in (sofia, carla):
        assert browser.as_(person).post(f"{address(thread)}/block").leads_to(address(thread))
    assert browser.as_(sofia).post(f"{address(thread)}/unblock").leads_to(address(thread))
    page = browser.as_(sofia).get(address(thread))
    assert page.one("#composer").get_text() == NEUTRAL and page.has("#block")
    assert browser.as_(carla).get(address(thread)).says("You have blocked Sofia.")
    assert browser.as_(carla).post(f"{address(thread)}/unblock").leads_to(address(thread))
    assert browser.as_(sofia).post(address(thread), {"text": "Again"}).leads_to(address(thread))


def test_twice_is_told_and_changes_nothing(browser, db, thread, sofia):
    sofias = browser.as_(sofia)
    assert sofias.post(f"{address(thread)}/unblock").says("You have not blocked this person.")
    sofias.post(f"{address(thread)}/block")
    answer = sofias.post(f"{address(thread)}/block")
    assert answer.is_conflict and answer.says("You have blocked this person already.")
    assert db.query(Block).count() == 1
    sofias.post(f"{address(thread)}/unblock")
    assert sofias.post(f"{address(thread)}/unblock").is_conflict
    assert db.query(Event).filter_by(subject="block").count() == 2


def test_nobody_else_can(browser, db, thread, sofia, sam, cole, mina):
    for person in (sam, cole, mina):
        for deed in ("block", "unblock"):
            assert browser.as_(person).post(f"{address(thread)}/{deed}").is_not_found
    assert db.query(Block).count() == 0


def test_a_coach_without_contact_blocks_the_student_without_a_name(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla, student_wrote_at=None)
    page = browser.as_(carla).get(address(thread))
    assert page.one("#block summary").get_text() == "Block Student in Kenya"
    page = page.form("block").submit().follow()
    assert page.says("You have blocked the student.") and "Sofia" not in page.text


def test_what_was_unread_stays_unread(browser, db, thread, sofia, carla):
    make_message(db, thread, sofia, "One more")
    before = browser.as_(carla).get("/messages").one(".conv .count").get_text()
    browser.as_(sofia).post(f"{address(thread)}/block")
    assert browser.as_(carla).get("/messages").one(".conv .count").get_text() == before


# What it stops.


def test_it_holds_in_the_second_thread_of_the_two_as_well(browser, db, sofia, carla):
    make_coach(db, sofia), make_student(db, carla)
    thread, swapped = make_thread(db, sofia, carla), make_thread(db, carla, sofia)
    browser.as_(sofia).post(f"{address(thread)}/block")
    assert browser.as_(carla).post(address(swapped), {"text": "Here"}).is_not_allowed
    page = browser.as_(sofia).get(address(swapped))
    assert page.says("You have blocked Carla.")
    assert page.form("unblock").submit().leads_to(address(swapped))
    assert browser.as_(carla).post(address(thread), {"text": "Here"}).leads_to(address(thread))


def test_an_accepted_proposal_opens_no_way_around_it(browser, db, sofia, carla):
    accepted = make_proposal(db, make_request(db, sofia), carla, status=ProposalStatus.ACCEPTED)
    thread = make_thread(db, sofia, carla, proposal_id=accepted.id)
    make_block(db, carla, sofia)
    for person in (sofia, carla):
        assert browser.as_(person).post(address(thread), {"text": "But"}).is_not_allowed


@pytest.mark.parametrize("back", [False, True])
def test_no_thread_is_started_over_it(browser, db, sofia, carla, back):
    make_block(db, *((carla, sofia) if back else (sofia, carla)))
    page = browser.as_(sofia).get("/coaches/carla-ruiz")
    assert page.is_good and not page.has("a[href$='/message']")
    for answer in (
        browser.as_(sofia).get("/coaches/carla-ruiz/message"),
        browser.as_(sofia).post("/coaches/carla-ruiz/message", {"text": "Hello"}),
    ):
        assert answer.is_not_allowed
        assert answer.says(CLOSED[back])
    assert db.query(Thread).count() == 0


@pytest.mark.parametrize("back", [False, True])
def test_no_invitation_goes_over_it(browser, db, sofia, carla, back):
    wanted = make_request(db, sofia)
    make_block(db, *((carla, sofia) if back else (sofia, carla)))
    assert not browser.as_(sofia).get("/coaches/carla-ruiz").has("a[href$='/invite']")
    assert browser.as_(sofia).get("/coaches/carla-ruiz/invite").is_not_allowed
    answer = browser.as_(sofia).post("/coaches/carla-ruiz/invite", {"request": wanted.id})
    assert answer.is_not_allowed
    assert answer.says(CLOSED[back])
    assert db.query(Invitation).count() == 0


@pytest.mark.parametrize("back", [False, True])
def test_no_proposal_goes_over_it_and_the_student_has_no_name(browser, db, sofia, carla, back):
    wanted = make_request(db, sofia)
    opened = browser.as_(carla).get(f"/requests/{wanted.id}")
    make_block(db, *((carla, sofia) if back else (sofia, carla)))
    answer = opened.form("proposal").fill(
        **{name: value for name, value in PROPOSAL.items() if name != "action"}
    ).submit("send")  # fmt: skip
    assert answer.is_not_allowed and answer.says(WORDS.strip()[:60])
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.is_good and not page.has("textarea")
    for said in (answer, page):
        assert said.says("Proposals to this request cannot be sent at the moment.")
        assert "Sofia" not in said.text and "Mwangi" not in said.text
    assert db.query(Proposal).count() == 0


def test_others_meet_none_of_it(browser, db, thread, sofia, sam, carla, cole):
    make_block(db, sofia, carla)
    wanted = make_request(db, sofia)
    assert browser.as_(cole).get(f"/requests/{wanted.id}").has("#proposal textarea")
    assert browser.as_(sam).post("/coaches/carla-ruiz/message", {"text": "Hello"}).location
    assert db.query(Message).filter_by(sender_id=sam.id).count() == 1
