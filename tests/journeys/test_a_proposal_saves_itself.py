"""What Dora types into a proposal is kept by itself, found on her phone, and sent once."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from app.clock import now
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest, ScreeningQuestion
from db.models.proposals import Proposal
from tests.chromium import assert_accessible
from tests.patience import until

PLAN = (
    "Session 1: we read your notes aloud and mark what is hard. Session 2: the same talk without "
    "notes. Session 3: you lead, and I ask what your listeners would ask."
)


DORA = select(Account.id).filter_by(email="dora@skileez.example").scalar_subquery()


@pytest.fixture
def wanted(world):
    """An open request without questions, of somebody else, to which Dora has sent nothing."""
    with world.reading() as db:
        known = select(Proposal.request_id).where(Proposal.coach_id == DORA)
        asks = select(ScreeningQuestion.request_id)
        query = select(LearningRequest.id).where(
            LearningRequest.status == "open",
            LearningRequest.currency == "USD",
            LearningRequest.student_id != DORA,
            LearningRequest.id.not_in(known),
            LearningRequest.id.not_in(asks),
            LearningRequest.expires_at > now(),
        )
        return db.scalars(query.order_by(LearningRequest.id)).first()


def drafts(world, wanted):
    """What Dora has at this request: status, and what is kept of it as it was typed."""
    with world.reading() as db:
        found = db.query(Proposal).filter_by(request_id=wanted).where(Proposal.coach_id == DORA)
        return [(one.status, (one.typed or {}).get("message", [""])[0]) for one in found]


def test_what_dora_types_is_kept_and_found_on_her_phone(open_browser, world, wanted):
    dora = open_browser("dora", reduced_motion="reduce")
    dora.goto(f"/requests/{wanted}")
    dora.locator("#message").press_sequentially("Session 1:")
    dora.get_by_text("Draft saved").wait_for()
    until(lambda: drafts(world, wanted) == [("draft", "Session 1:")])
    dora.fill("#message", PLAN)
    until(lambda: drafts(world, wanted) == [("draft", PLAN)])
    assert dora.input_value("#message") == PLAN  # nothing is taken from under the hands
    picture(dora, "request-1280")

    phone = open_browser("dora", device="phone", reduced_motion="reduce")
    phone.goto(f"/requests/{wanted}")
    picture(phone, "request-390")
    assert phone.input_value("#message") == PLAN and phone.get_by_text("Draft saved").is_visible()
    assert_accessible(phone)
    phone.goto("/proposals?status=draft")
    picture(phone, "drafts-390")
    phone.get_by_role("link", name="Go on writing").first.click()
    phone.wait_for_url(f"**/requests/{wanted}")
    phone.fill("#sessions", "3")
    phone.fill("#price", "18")
    phone.get_by_role("button", name="Send proposal").click()
    phone.get_by_role("heading", name="Your proposal").wait_for()
    picture(phone, "sent-390")
    assert drafts(world, wanted) == [("submitted", "")]

    # The other tab still shows the form, and what is typed there changes nothing any more.
    dora.locator("#message").press_sequentially(" More.")
    dora.get_by_text("already sent a proposal").first.wait_for()
    assert drafts(world, wanted) == [("submitted", "")]


def test_a_late_answer_leaves_what_was_typed_since(open_browser, world, wanted):
    dora, held = open_browser("dora", reduced_motion="reduce"), []
    dora.route("**/proposals/draft", lambda route: held.append(route))
    dora.goto(f"/requests/{wanted}")
    dora.locator("#message").press_sequentially("Session 1:")
    until(lambda: dora.evaluate("1") and held)  # the page is asked so that it is heard, too
    dora.locator("#message").press_sequentially(" aloud")
    held.pop(0).continue_()
    dora.get_by_text("Draft saved").wait_for()
    assert drafts(world, wanted) == [("draft", "Session 1:")]
    dora.reload()
    dora.get_by_text("We kept what you typed.").wait_for()
    assert dora.input_value("#message") == "Session 1: aloud"


def test_what_is_saved_while_the_page_is_read_again_stands_in_it(open_browser, world, wanted):
    dora, saves, pages = open_browser("dora", reduced_motion="reduce"), [], []
    dora.route("**/proposals/draft", lambda route: saves.append(route))
    dora.goto(f"/requests/{wanted}")
    dora.fill("#message", PLAN)
    until(lambda: dora.evaluate("1") and saves)  # the page is asked so that it is heard, too
    dora.route(f"**/requests/{wanted}", lambda route: pages.append(route))
    dora.evaluate("setTimeout(() => location.reload())")
    until(lambda: dora.context.cookies() and pages)
    read_before = pages[0].fetch()
    with dora.expect_event("requestfinished"):
        saves.pop().continue_()
    pages[0].fulfill(response=read_before)
    dora.get_by_text("We kept what you typed.").wait_for()
    assert dora.input_value("#message") == PLAN and drafts(world, wanted) == [("draft", PLAN)]


def test_what_was_sent_is_not_kept_by_a_page_that_is_left(open_browser, world, wanted):
    dora, sent, pages = open_browser("dora", reduced_motion="reduce"), [], []
    dora.route("**/proposals/draft", lambda route: route.abort())
    dora.route(f"**/requests/{wanted}/proposals", lambda route: sent.append(route))
    dora.goto(f"/requests/{wanted}")
    dora.fill("#message", PLAN)
    dora.fill("#sessions", "3")
    dora.fill("#price", "18")
    dora.get_by_role("button", name="Send proposal").click()
    until(lambda: dora.context.cookies() and sent)
    dora.route("**/proposals", lambda route: pages.append(route))
    dora.evaluate("setTimeout(() => location.assign('/proposals'))")
    until(lambda: dora.context.cookies() and pages)
    with dora.expect_event("requestfinished", lambda asked: asked.method == "POST"):
        sent.pop().continue_()
    pages.pop().continue_()
    dora.wait_for_url("**/proposals")
    assert drafts(world, wanted) == [("submitted", "")]
    assert not dora.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))")


def test_a_press_is_not_lost_to_the_total_that_arrives_under_it(open_browser, world, wanted):
    dora = open_browser("dora", reduced_motion="reduce")
    dora.goto(f"/requests/{wanted}")
    dora.fill("#price", "")
    dora.fill("#sessions", "6")
    dora.fill("#message", PLAN)
    dora.get_by_text("Give the sessions and a price").wait_for()
    dora.fill("#price", "18.50")
    dora.get_by_role("button", name="Send proposal").hover()
    with dora.expect_event("requestfinished", lambda asked: "price=18.50" in asked.url):
        dora.mouse.down()  # now the price is left, and what it comes to is asked for
    dora.mouse.up()
    dora.get_by_role("heading", name="Your proposal").wait_for()
    assert drafts(world, wanted) == [("submitted", "")]


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
